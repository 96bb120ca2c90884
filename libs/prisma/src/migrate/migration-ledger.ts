import type pg from 'pg';
import type { MigrationFile } from './migration-files.js';

/** One row of `_prisma_migrations` that still counts. */
export interface MigrationRecord {
  name: string;
  checksum: string;
  startedAt: Date;
  /** Null: it failed, or was interrupted by a tool that records before it runs. */
  finishedAt: Date | null;
  logs: string | null;
}

/** Makes Prisma's table, column for column. */
export async function ensureTable(client: pg.Client): Promise<void> {
  const found = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS present`);
  if (found.rows[0]?.present === true) return;
  await client.query(`CREATE TABLE "_prisma_migrations" (
    "id"                  VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"            VARCHAR(64) NOT NULL,
    "finished_at"         TIMESTAMPTZ,
    "migration_name"      VARCHAR(255) NOT NULL,
    "logs"                TEXT,
    "rolled_back_at"      TIMESTAMPTZ,
    "started_at"          TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`);
}

/** Every record that was not declared rolled back, oldest first. */
export async function readRecords(client: pg.Client): Promise<MigrationRecord[]> {
  const answer = await client.query<MigrationRecord>(`
    SELECT migration_name AS name, checksum, started_at AS "startedAt", finished_at AS "finishedAt", logs
      FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`);
  return answer.rows;
}

/** Records a migration that ran. Belongs into the same transaction. */
export async function recordSuccess(client: pg.Client, migration: MigrationFile): Promise<void> {
  await client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES (gen_random_uuid(), $1, $2, now(), clock_timestamp(), 1)`,
    [migration.checksum, migration.name],
  );
}

/** Records a migration that failed, which stops every later run until someone has looked at it. */
export async function recordFailure(client: pg.Client, migration: MigrationFile, logs: string): Promise<void> {
  await client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, logs) VALUES (gen_random_uuid(), $1, $2, $3)`,
    [migration.checksum, migration.name, logs],
  );
}
