// `npm start`: builds what is missing, then becomes the product. Plain JavaScript for Node 20 and newer, because it is
// the first thing that runs on a fresh machine; the product itself runs on the Node 24 that npm ci brought.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { reasonToBuild } from './lib/build-state.mjs';
import { nodeBinary } from './lib/prisma-client.mjs';

const root = join(import.meta.dirname, '..');
const main = join(root, 'dist', 'apps', 'api', 'src', 'main.js');

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

const node = nodeBinary();
const follow = join(root, 'scripts', 'lib', 'follow-launcher.mjs');
const followed = process.env.npm_lifecycle_event === 'start' ? ['--import', follow] : [];
const flags = ['--disable-warning=ExperimentalWarning', '--enable-source-maps'];

// Where Node can, the product takes this process over: one process to signal, to watch and to kill.
if (process.execve && process.platform !== 'win32') {
  process.removeAllListeners('warning');
  process.execve(node, [node, ...flags, ...followed, main, ...process.argv.slice(2)], process.env);
}

const child = spawn(node, [...flags, '--import', follow, main, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
if (followed.length > 0) await import('./lib/follow-launcher.mjs');
child.on('error', (error) => {
  console.error(`The product could not be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
