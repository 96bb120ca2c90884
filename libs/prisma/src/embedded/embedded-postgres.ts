import { mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { secretFromFile, secretsFolder } from '#config';
import { type Random, SystemRandom } from '#kernel';
import { placeCluster } from './cluster-place.js';
import { ensureCluster } from './create-cluster.js';
import { type FolderLock, lockDataFolder } from './data-folder-lock.js';
import { findPostgres } from './postgres-binaries.js';
import { PostgresServer } from './postgres-server.js';
import { endOrphan } from './postmaster.js';

/** What may be changed about an embedded database. */
export interface EmbeddedOptions {
  /** Holds the cluster, its password and its log `postgres.log`. */
  dataDir: string;
  /** Further server settings. Tests switch durability off; production must not. */
  settings?: Readonly<Record<string, string>>;
  /** Further options of `initdb`. */
  initOptions?: readonly string[];
  /** Told when the server ended on its own and could not be started again. */
  onLost?: (error: unknown) => void;
  random?: Random;
  /** How long the process that owns the folder may take to end, as on a restart, before this one is refused. */
  lockWaitMs?: number;
}

/** A running embedded database. */
export interface EmbeddedDatabase {
  /** Connection string of the product's database. It holds the password: keep it out of logs. */
  url: string;
  /** Stops the server in order and lets the next process use the data folder. Calling it again does nothing. */
  stop(): Promise<void>;
}

const defaultLockWaitMs = 3_000;
const lockPollMs = 50;
const databaseName = 'crewship';

/**
 * Starts the PostgreSQL of a data folder, making it on first use. One process owns a data folder at a time; what a
 * killed process left running is ended first.
 * @throws AppError `embedded_database.…` that says what is wrong and what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = realpathSync(resolve(options.dataDir));
  const lock = await waitForLock(dataDir, options.lockWaitMs ?? defaultLockWaitMs);
  try {
    const server = await prepare(dataDir, options);
    await server.start();
    await ensureDatabase(server).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return {
      url: server.url(databaseName),
      stop: async () => {
        await server.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function waitForLock(dataDir: string, ms: number): Promise<FolderLock> {
  for (let waited = 0; waited < ms; waited += lockPollMs) {
    try {
      return lockDataFolder(dataDir);
    } catch {
      await sleep(lockPollMs);
    }
  }
  return lockDataFolder(dataDir);
}

async function prepare(dataDir: string, options: EmbeddedOptions): Promise<PostgresServer> {
  const place = placeCluster(dataDir, findPostgres());
  const password = secretFromFile(
    join(secretsFolder(dataDir), 'postgres-password'),
    options.random ?? new SystemRandom(),
  );
  await endOrphan(place.dir);
  await ensureCluster(place, password, options.initOptions);
  return new PostgresServer({
    place,
    password,
    logFile: join(dataDir, 'postgres.log'),
    settings: options.settings ?? {},
    onLost: options.onLost ?? (() => undefined),
  });
}

async function ensureDatabase(server: PostgresServer): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  } finally {
    await client.end();
  }
}
