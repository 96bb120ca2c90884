// Starts what is measured as processes of their own, so that the load generator does not share their event loop. Their
// output goes to a file: read through a pipe, it would cost the load generator more than the process that writes it.
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Starts a script that prints `listening <port>`, or the product, and resolves with its URL. */
export async function start(args, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'crewship-bench-output-'));
  const file = join(folder, 'output.log');
  const output = openSync(file, 'w');
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', output, 'inherit'],
  });
  closeSync(output);
  let ended = null;
  child.once('exit', (code) => {
    ended = code ?? 1;
    rmSync(folder, { recursive: true, force: true });
  });
  for (;;) {
    if (ended !== null) throw new Error(`${args.join(' ')} ended with ${ended}`);
    const text = readFileSync(file, 'utf8');
    const port = /listening (\d+)/.exec(text)?.[1] ?? /http:\/\/127\.0\.0\.1:(\d+)\/api\/v1/.exec(text)?.[1];
    if (port) return { url: `http://127.0.0.1:${port}`, pid: child.pid, stop: () => stop(child) };
    await sleep(25);
  }
}

function stop(child) {
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
