import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { embeddedErrors } from './embedded-errors.js';
import { firstClosedFolder, type SystemUser, userForPostgres } from './system-user.js';

/** Where a cluster lives, which programs serve it and as whom. */
export interface ClusterPlace {
  /** The cluster's data folder, absolute. */
  dir: string;
  /** The folder with PostgreSQL's `bin`, `lib` and `share`. */
  home: string;
  /** Null: as ourselves. */
  user: SystemUser | null;
}

/** Holds what root's own folders cannot: PostgreSQL's user may not enter those. */
const sharedFolder = '/var/lib/crewship-integrations';
const locationSchema = z.object({ dir: z.string() });

/**
 * Decides where the cluster of a data folder is. That is `<dataDir>/postgres`, except as root in a folder that other
 * users cannot reach (such as /root): then it is under {@link sharedFolder}, and `<dataDir>/postgres.location.json`
 * says where.
 */
export function placeCluster(dataDir: string, home: string, shared = sharedFolder): ClusterPlace {
  const user = userForPostgres();
  if (user === null) return { dir: recordedDir(dataDir) ?? join(dataDir, 'postgres'), home, user };
  const dir = recordedDir(dataDir) ?? reachableDir(dataDir, user, shared);
  const owner = ownerOf(dir, user);
  return { dir, home: reachableHome(home, owner, shared), user: owner };
}

function reachableDir(dataDir: string, user: SystemUser, shared: string): string {
  if (firstClosedFolder(dirname(dataDir), user) === null) {
    chmodSync(dataDir, statSync(dataDir).mode | 0o011);
    return join(dataDir, 'postgres');
  }
  openFolder(shared, user);
  // A new name each time: a data folder that was deleted and made again must not meet the rows of the old one.
  const own = mkdtempSync(join(shared, 'cluster-'));
  chmodSync(own, 0o711);
  const dir = join(own, 'postgres');
  writeFileSync(join(dataDir, 'postgres.location.json'), JSON.stringify({ dir }), { mode: 0o600 });
  return dir;
}

// The programs are copied under a name of their own first: a half copy must never be run.
function reachableHome(home: string, user: SystemUser, shared: string): string {
  if (firstClosedFolder(join(home, 'bin', 'postgres'), user) === null) return home;
  const stamp = statSync(join(home, 'bin', 'postgres'));
  const copy = join(shared, `postgresql-${stamp.size}-${Math.trunc(stamp.mtimeMs)}`);
  if (existsSync(copy)) return copy;
  openFolder(shared, user);
  const draft = `${copy}.${process.pid}`;
  cpSync(home, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function openFolder(folder: string, user: SystemUser): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const closed = firstClosedFolder(folder, user);
  if (closed) throw embeddedErrors.unreachable({ params: { user: user.name, path: closed } });
}

/** Where the cluster of a data folder is, made or not, without making anything. */
export function placeOfCluster(dataDir: string): string {
  return recordedDir(dataDir) ?? join(dataDir, 'postgres');
}

function recordedDir(dataDir: string): string | null {
  const file = join(dataDir, 'postgres.location.json');
  return existsSync(file) ? locationSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).dir : null;
}

// A cluster that an ordinary user made stays theirs when root starts it.
function ownerOf(dir: string, fallback: SystemUser): SystemUser {
  const stats = statSync(dir, { throwIfNoEntry: false });
  if (!stats || stats.uid === 0) return fallback;
  return stats.uid === fallback.uid ? fallback : { name: `uid ${stats.uid}`, uid: stats.uid, gid: stats.gid };
}
