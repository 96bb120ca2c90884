import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { embeddedErrors } from './embedded-errors.js';
import { startOfProcess } from './process-identity.js';

const holderSchema = z.object({ pid: z.number().int().positive(), startedAt: z.string() });

/** Held by the one process that owns a data folder. */
export interface FolderLock {
  /** Lets the next process in. Calling it again does nothing. */
  release(): void;
}

/**
 * Takes the folder for this process. A lock whose process is gone (killed, or the machine restarted) is taken over.
 * @throws AppError `embedded_database.in_use` while the holder lives.
 */
export function lockDataFolder(dataDir: string, pid = process.pid): FolderLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'process.lock');
  const mine = JSON.stringify({ pid, startedAt: startOfProcess(pid) ?? 'unknown' });
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (publish(file, mine, pid)) return { release: () => removeIf(file, mine) };
    const found = read(file);
    if (found === null) continue;
    const holder = livingHolder(found);
    if (holder !== null) throw embeddedErrors.inUse({ params: { dataDir, pid: holder } });
    takeAway(file, found, pid);
  }
  throw embeddedErrors.inUse({ params: { dataDir, pid: 'unknown' } });
}

// A link appears whole and never replaces a file, so of two processes exactly one gets it.
function publish(file: string, content: string, pid: number): boolean {
  const draft = `${file}.${pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (read(file) === null && !isCode(error, 'EEXIST')) throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

// Another process may have taken the stale lock over a moment ago: what was moved away is looked at, and put back if it lives.
function takeAway(file: string, stale: string, pid: number): void {
  const aside = `${file}.stale.${pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if (read(aside) !== stale) linkBack(aside, file);
  rmSync(aside, { force: true });
}

function linkBack(aside: string, file: string): void {
  try {
    linkSync(aside, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
}

function livingHolder(content: string): number | null {
  const holder = holderSchema.safeParse(parseJson(content));
  if (!holder.success) return null;
  return startOfProcess(holder.data.pid) === holder.data.startedAt ? holder.data.pid : null;
}

function removeIf(file: string, content: string): void {
  if (read(file) === content) rmSync(file, { force: true });
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
