import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const patienceMs = 60_000;
const stopPatienceMs = 15_000;
const preload = ['../scripts/lib/follow-launcher.mjs', './loopback-only.mjs'].flatMap((file) => [
  '--import',
  pathToFileURL(join(import.meta.dirname, file)).href,
]);

/**
 * Starts a server. `started` gives what `ready` finds in its output, and is refused when that takes too long; `ended`
 * resolves when it is gone, with an error that says so.
 *
 * It has a process group of its own, so that Ctrl-C reaches it through the stage only. Of the environment it gets PATH and
 * HOME: a DATABASE_URL or an .env of the developer's must not be what the demo runs on.
 */
export function startServer({ name, args, env, ready, cwd }) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...preload, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  let isUp = false;
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve(new Error(`${name} ended by itself (${signal ?? `code ${code}`})${isUp ? '' : `:\n${output}`}`));
    });
  });
  const started = new Promise((resolve, reject) => {
    const overdue = setTimeout(() => reject(new Error(`${name} did not start:\n${output}`)), patienceMs);
    const look = (chunk) => {
      output = (output + chunk).slice(-20_000);
      const found = ready.exec(output)?.[1];
      if (!found) return;
      clearTimeout(overdue);
      isUp = true;
      resolve(found);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    ended.then((reason) => {
      clearTimeout(overdue);
      reject(reason);
    });
  });
  return { child, started, ended };
}

/** Asks a server to stop, and makes it when it does not. */
export function stopServer(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const overdue = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
    child.once('exit', () => {
      clearTimeout(overdue);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
