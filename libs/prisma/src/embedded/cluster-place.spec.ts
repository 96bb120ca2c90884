import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeCluster } from './cluster-place.js';
import { firstClosedFolder } from './system-user.js';

const isRoot = process.getuid?.() === 0;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'place-'));
  chmodSync(folder, 0o755);
  for (const name of ['open', 'closed/inner', 'home/bin']) mkdirSync(join(folder, name), { recursive: true });
  chmodSync(join(folder, 'closed'), 0o700);
  writeFileSync(join(folder, 'home', 'bin', 'postgres'), '', { mode: 0o755 });
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('firstClosedFolder', () => {
  const stranger = { name: 'stranger', uid: 65_533, gid: 65_533 };

  it('names the folder that keeps a user out, and none for a user who gets through', () => {
    expect(firstClosedFolder(join(folder, 'closed', 'inner'), stranger)).toBe(join(folder, 'closed'));
    expect(firstClosedFolder(join(folder, 'open'), stranger)).toBeNull();
    expect(firstClosedFolder(join(folder, 'closed', 'inner'), null)).toBeNull();
  });
});

describe('placeCluster', () => {
  const place = (name: string) => placeCluster(join(folder, name), join(folder, 'home'), join(folder, 'shared'));

  it('puts the cluster into the data folder, as a user that is not root', () => {
    const { dir, home, user } = place('open');
    expect([dir, home]).toEqual([join(folder, 'open', 'postgres'), join(folder, 'home')]);
    expect(user === null).toBe(!isRoot);
    expect(user?.uid).not.toBe(0);
  });

  it('goes to a shared folder where root may enter and PostgreSQL may not, and finds it there again', () => {
    const first = place('closed/inner');
    expect(place('closed/inner')).toEqual(first);
    expect(first.dir.startsWith(join(folder, isRoot ? 'shared' : 'closed'))).toBe(true);
    expect(existsSync(join(folder, 'closed', 'inner', 'postgres.location.json'))).toBe(isRoot);
  });

  it('runs a whole copy of the programs where PostgreSQL may not enter theirs', () => {
    chmodSync(join(folder, 'home'), 0o700);
    const { home } = place('open');
    expect(home === join(folder, 'home')).toBe(!isRoot);
    expect(statSync(join(home, 'bin', 'postgres')).mode & 0o111).toBe(0o111);
    expect(readFileSync(join(home, 'bin', 'postgres'), 'utf8')).toBe('');
  });
});
