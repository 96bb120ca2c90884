import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * When the process with this id started, as text that only that process has; null when there is none. Ids are used
 * again by the system, so an id alone does not say which process is meant.
 */
export function startOfProcess(pid: number): string | null {
  try {
    if (process.platform !== 'linux') return startFromPs(pid);
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    // A zombie runs nothing any more; its parent merely has not asked about it yet.
    if (state === 'Z' || state === 'X' || startTicks === undefined) return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${startTicks}`;
  } catch {
    return null;
  }
}

/** The program and arguments of a process, empty when it cannot be known. */
export function commandOfProcess(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

/** The folder that a process works in; null when it cannot be known. */
export function folderOfProcess(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** Whether some process works inside the folder, as every process of a PostgreSQL cluster does in its data folder. */
export function isWorkingFolder(folder: string): boolean {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && folderOfProcess(Number(name)) === folder);
}

function startFromPs(pid: number): string | null {
  const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
  return text.trim() || null;
}
