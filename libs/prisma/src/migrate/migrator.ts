import pg from 'pg';
import { migrateJobs } from './job-tables.js';
import { migrationErrors } from './migration-errors.js';
import { type MigrationFile, readMigrations } from './migration-files.js';
import * as ledger from './migration-ledger.js';

/** The key of the lock that Prisma's own engine takes, so that the two never run at once. */
const lockKey = 72_707_369;
const lockSeconds = 300;
const oldestServer = 150_000;

/** What a run did. */
export interface MigrationReport {
  /** Names of the migrations that this run applied, in order. Empty when the schema was up to date. */
  applied: string[];
  /** Names that the database has and the folder does not: a newer release has been here. */
  unknown: string[];
}

/**
 * Brings the schema of a database up to date with the migrations of a folder. Each runs in a transaction together
 * with its record, so a process killed in between leaves nothing half done. The job engine's own tables follow. Any number of processes may call this at
 * once: one works, the others wait and find nothing to do. Records are Prisma's, so `prisma migrate` can take over.
 * @throws AppError `migration.…` when one failed now or before, or when an applied file was changed.
 */
export async function migrate(url: string, dir: string): Promise<MigrationReport> {
  const migrations = readMigrations(dir);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await requireVersion(client);
    await lock(client);
    const report = await applyMissing(client, migrations);
    await migrateJobs(url);
    return report;
  } finally {
    // The end of the session also gives the lock back.
    await client.end();
  }
}

async function applyMissing(client: pg.Client, migrations: readonly MigrationFile[]): Promise<MigrationReport> {
  await ledger.ensureTable(client);
  const records = await ledger.readRecords(client);
  const failed = records.find((record) => record.finishedAt === null);
  if (failed) {
    const startedAt = failed.startedAt.toISOString();
    throw migrationErrors.failedBefore({
      params: { name: failed.name, startedAt, logs: failed.logs ?? 'no reason kept' },
    });
  }
  const known = new Map(records.map((record) => [record.name, record.checksum]));
  const changed = migrations.find((each) => known.has(each.name) && known.get(each.name) !== each.checksum);
  if (changed) throw migrationErrors.changed({ params: { name: changed.name } });
  const missing = migrations.filter((each) => !known.has(each.name));
  for (const migration of missing) await applyOne(client, migration);
  const onDisk = new Set(migrations.map((each) => each.name));
  return {
    applied: missing.map((each) => each.name),
    unknown: [...known.keys()].filter((name) => !onDisk.has(name)),
  };
}

async function applyOne(client: pg.Client, migration: MigrationFile): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await ledger.recordSuccess(client, migration);
    await client.query('COMMIT');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await client.query('ROLLBACK');
    await ledger.recordFailure(client, migration, reason);
    throw migrationErrors.failed({ params: { name: migration.name, reason }, cause: error });
  }
}

async function requireVersion(client: pg.Client): Promise<void> {
  const answer = await client.query<{ number: string; text: string }>(
    "SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS text",
  );
  const row = answer.rows[0];
  if (row && Number(row.number) < oldestServer) throw migrationErrors.tooOld({ params: { found: row.text } });
}

async function lock(client: pg.Client): Promise<void> {
  await client.query(`SET lock_timeout = '${lockSeconds}s'`);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
  } catch (error) {
    throw error instanceof pg.DatabaseError && error.code === '55P03'
      ? migrationErrors.busy({ params: { seconds: lockSeconds }, cause: error })
      : error;
  }
  await client.query('SET lock_timeout = 0');
}
