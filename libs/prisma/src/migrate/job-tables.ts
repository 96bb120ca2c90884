import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';

/** Brings the tables of the job engine, in their own schema `graphile_worker`, up to date. Nothing to do costs some milliseconds. */
export async function migrateJobs(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 10_000 });
  const ignored = () => undefined;
  pool.on('error', ignored).on('connect', (client) => client.on('error', ignored));
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => ignored) });
  } finally {
    await pool.end();
  }
}
