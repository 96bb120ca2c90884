import type { AppConfig } from '#config';
import { bundledMigrationsDir, migrate } from '../migrate/index.js';
import { type EmbeddedDatabase, startEmbeddedPostgres } from './embedded-postgres.js';
import { waitForDatabase } from './external-database.js';

/** Where the progress of opening goes. A pino logger and the console are both one. */
export interface DatabaseLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/**
 * Makes the configured database ready for use: starts the embedded one or waits for the external one, then applies
 * the migrations. Stop it last, after the pools that use it.
 * @throws AppError whose message says what the operator has to do.
 */
export async function openDatabase(config: AppConfig, log: DatabaseLog): Promise<EmbeddedDatabase> {
  const database = config.database.embedded ? await openEmbedded(config, log) : await openExternal(config);
  try {
    const { applied, unknown } = await migrate(database.url, bundledMigrationsDir());
    for (const name of applied) log.info(`applied migration ${name}`);
    if (unknown.length > 0) log.warn(`the database has migrations of a newer release: ${unknown.join(', ')}`);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function openEmbedded(config: AppConfig, log: DatabaseLog): Promise<EmbeddedDatabase> {
  log.info(`starting the embedded PostgreSQL in ${config.dataDir}`);
  return startEmbeddedPostgres({
    dataDir: config.dataDir,
    onLost: (error) => log.error(error instanceof Error ? error.message : String(error)),
  });
}

async function openExternal(config: AppConfig): Promise<EmbeddedDatabase> {
  const url = config.database.url.reveal();
  await waitForDatabase(url);
  return { url, stop: async () => undefined };
}
