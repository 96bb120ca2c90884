import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataFolder } from './data-folder-lock.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(folder, 'process.lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('lockDataFolder', () => {
  it('lets one holder in, and the next one after its release', () => {
    const first = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(`pid ${process.pid}`);
    first.release();
    lockDataFolder(folder).release();
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['process that is gone', JSON.stringify({ pid: 2_147_483_646, startedAt: 'x' })],
    ['process whose number another one has now', JSON.stringify({ pid: process.pid, startedAt: 'earlier' })],
    ['half-written file', '{"pid":'],
  ])('takes over the lock of a %s', (_holder, content) => {
    writeFileSync(file, content);
    const lock = lockDataFolder(folder);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
  });

  it('does not release a lock that has become somebody else’s', () => {
    const lock = lockDataFolder(folder);
    writeFileSync(file, 'theirs');
    lock.release();
    expect(readFileSync(file, 'utf8')).toBe('theirs');
  });
});
