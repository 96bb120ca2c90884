import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedErrors } from './embedded-errors.js';
import { commandOfProcess, folderOfProcess, isWorkingFolder, startOfProcess } from './process-identity.js';

const fastStopMs = 20_000;
const immediateStopMs = 10_000;
const pollMs = 20;

/**
 * Ends a PostgreSQL that outlived the process which started it, as it does after `kill -9`. It shuts down in order, so
 * nothing that was acknowledged is lost. A `postmaster.pid` whose number now belongs to a stranger is removed, for
 * PostgreSQL would refuse to start because of it; the file of a living one is never touched.
 */
export async function endOrphan(dir: string): Promise<void> {
  const pid = pidOf(dir);
  if (pid === null || startOfProcess(pid) === null) return;
  if (isPostmasterOf(pid, dir)) {
    if (!(await stopPostmaster(pid))) throw embeddedErrors.stillRunning({ params: { pid, dir } });
    return;
  }
  // Processes of a killed server end by themselves within moments.
  if (!(await within(5_000, () => !isWorkingFolder(dir)))) throw embeddedErrors.stillRunning({ params: { pid, dir } });
  rmSync(join(dir, 'postmaster.pid'), { force: true });
}

/** Stops the server: in order (SIGINT), and when that takes too long at once (SIGQUIT). False when it lives on. */
export async function stopPostmaster(pid: number): Promise<boolean> {
  const started = startOfProcess(pid);
  if (started === null) return true;
  const gone = () => startOfProcess(pid) !== started;
  signal(pid, 'SIGINT');
  if (await within(fastStopMs, gone)) return true;
  signal(pid, 'SIGQUIT');
  return within(immediateStopMs, gone);
}

function pidOf(dir: string): number | null {
  try {
    const pid = Number(readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** Whether this process is the PostgreSQL server of the cluster in `dir`. */
export function isPostmasterOf(pid: number, dir: string): boolean {
  const command = commandOfProcess(pid);
  return command.includes('postgres') && (command.includes(dir) || folderOfProcess(pid) === dir);
}

async function within(ms: number, done: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < ms; waited += pollMs) {
    if (done()) return true;
    await sleep(pollMs);
  }
  return done();
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in the meantime, which the caller finds out by looking.
  }
}
