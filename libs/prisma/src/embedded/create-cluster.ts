import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterPlace } from './cluster-place.js';
import { embeddedErrors } from './embedded-errors.js';
import { postgresMajor } from './postgres-binaries.js';

/** The owner of everything in an embedded cluster. */
export const clusterOwner = 'crewship';

/** What every PostgreSQL program of ours runs with: nothing of the caller's environment reaches it. */
export function programOptions(place: ClusterPlace) {
  const identity = place.user ? { uid: place.user.uid, gid: place.user.gid } : {};
  return { cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, ...identity };
}

/**
 * Makes the cluster when there is none. It is made beside its place and moved there when it is whole, so that a
 * process killed in between leaves nothing that looks like a cluster.
 */
export async function ensureCluster(
  place: ClusterPlace,
  password: string,
  extra: readonly string[] = [],
): Promise<void> {
  if (existsSync(join(place.dir, 'PG_VERSION'))) return checkVersion(place.dir);
  const draft = `${place.dir}.init`;
  const passwordFile = `${place.dir}.password`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' });
  if (place.user) {
    for (const path of [draft, passwordFile]) chownSync(path, place.user.uid, place.user.gid);
  }
  try {
    await initdb(place, draft, [`--pwfile=${passwordFile}`, ...extra]);
    renameSync(draft, place.dir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function checkVersion(dir: string): void {
  const found = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
  if (found === String(postgresMajor)) return;
  throw embeddedErrors.wrongVersion({ params: { dir, found, expected: postgresMajor } });
}

async function initdb(place: ClusterPlace, dir: string, extra: readonly string[]): Promise<void> {
  const options = [
    `--pgdata=${dir}`,
    `--username=${clusterOwner}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    ...extra,
  ];
  const child = spawn(join(place.home, 'bin', 'initdb'), options, {
    ...programOptions(place),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => {
    child.on('close', resolve);
    child.on('error', (error) => resolve(error.message));
  });
  if (code !== 0) throw embeddedErrors.initFailed({ params: { dir: place.dir, output: `${output.trim()} (${code})` } });
}
