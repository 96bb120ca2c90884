// `npm run vault:rotate`: builds what is missing, then moves what is sealed to the current key. See docs/key-rotation.md.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reasonToBuild } from './lib/build-state.mjs';
import { nodeBinary } from './lib/prisma-client.mjs';

const root = join(import.meta.dirname, '..');
const main = join(root, 'dist', 'apps', 'api', 'src', 'vault-rotate.main.js');

if (!existsSync(join(root, 'node_modules'))) {
  console.error('The dependencies are missing. Run: npm ci');
  process.exit(1);
}
const reason = reasonToBuild();
if (reason) {
  console.log(`building, because ${reason}`);
  const { status } = spawnSync(nodeBinary(), [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

// Ctrl-C reaches the job itself, which ends its batch and says so; this script waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
const flags = ['--disable-warning=ExperimentalWarning', '--enable-source-maps'];
const { status } = spawnSync(nodeBinary(), [...flags, main, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(status ?? 1);
