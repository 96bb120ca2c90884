import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { embeddedErrors } from './embedded-errors.js';

/** An account of this machine. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

const ownUser = 'crewship-postgres';

/**
 * The account that PostgreSQL runs as; null means our own. As root, which PostgreSQL refuses, it is the existing user
 * `postgres`, else a user made for it, else `nobody`.
 */
export function userForPostgres(): SystemUser | null {
  if (process.getuid?.() !== 0) return null;
  const known = findUser('postgres') ?? findUser(ownUser);
  if (known) return known;
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', ownUser], {
      stdio: 'pipe',
    });
  } catch {
    // Images without useradd still have nobody.
  }
  return findUser(ownUser) ?? findUser('nobody') ?? raiseNoUser();
}

/** The nearest folder on the way to `path` (the path itself included) that the user may not enter; null: all are open. */
export function firstClosedFolder(path: string, user: SystemUser | null): string | null {
  if (user === null) return null;
  const parent = dirname(path);
  const above = parent === path ? null : firstClosedFolder(parent, user);
  if (above !== null) return above;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return null;
  const bit = stats.uid === user.uid ? 0o100 : stats.gid === user.gid ? 0o010 : 0o001;
  return stats.mode & bit ? null : path;
}

function findUser(name: string): SystemUser | null {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { name, uid: Number(uid), gid: Number(gid) };
}

function raiseNoUser(): never {
  throw embeddedErrors.noUser();
}
