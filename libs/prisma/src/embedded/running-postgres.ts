import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { secretsFolder } from '#config';
import { placeOfCluster } from './cluster-place.js';
import { clusterOwner } from './create-cluster.js';
import { isPostmasterOf } from './postmaster.js';

const databaseName = 'crewship';
const portLine = 3;

/**
 * Connection string of the embedded database that another process runs in this data folder, for a job beside it; null
 * when none runs. It holds the password: keep it out of logs. The job loses its connection when that process stops.
 */
export function runningEmbeddedUrl(dataDir: string): string | null {
  const folder = resolve(dataDir);
  if (!existsSync(folder)) return null;
  const real = realpathSync(folder);
  const dir = placeOfCluster(real);
  const passwordFile = join(secretsFolder(real), 'postgres-password');
  const pidFile = join(dir, 'postmaster.pid');
  if (!existsSync(passwordFile) || !existsSync(pidFile)) return null;
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[portLine])];
  if (!Number.isInteger(pid) || !Number.isInteger(port) || port === 0 || !isPostmasterOf(pid, dir)) return null;
  const password = encodeURIComponent(readFileSync(passwordFile, 'utf8').trim());
  return `postgresql://${clusterOwner}:${password}@127.0.0.1:${port}/${databaseName}?sslmode=disable`;
}
