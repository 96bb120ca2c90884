// Builds the product into dist/: the Prisma client where it is missing or stale, then the application.
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { markBuilt } from './lib/build-state.mjs';
import { generateClientIfStale, nodeBinary } from './lib/prisma-client.mjs';

const root = join(import.meta.dirname, '..');
const startedAt = new Date();
console.log('build: database client …');
if (!generateClientIfStale()) console.log('build: database client is up to date');
console.log('build: application …');
const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
const { status } = spawnSync(nodeBinary(), [nest, 'build'], { cwd: root, stdio: 'inherit' });
if (status !== 0) {
  console.error('build: failed, see above');
  process.exit(1);
}
// Data files that stand beside the code, where the built code looks for them too.
const catalogue = join('libs', 'connector-manifests', 'catalog');
cpSync(join(root, catalogue), join(root, 'dist', catalogue), { recursive: true });
markBuilt(startedAt);
console.log(`build: done in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s`);
