// Starts what is measured as processes of their own, so that the load generator does not share their event loop.
import { spawn } from 'node:child_process';

/** Starts a script that prints `listening <port>`, or the product, and resolves with its URL. */
export function start(args, env = {}) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout.on('data', (chunk) => {
      if (seen === null) return;
      seen += chunk;
      const port = /listening (\d+)/.exec(seen)?.[1] ?? /http:\/\/127\.0\.0\.1:(\d+)\/api\/v1/.exec(seen)?.[1];
      if (!port) return;
      seen = null;
      resolve({ url: `http://127.0.0.1:${port}`, stop: () => stop(child) });
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
}

function stop(child) {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
