import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { embeddedErrors } from './embedded-errors.js';

const pauseMs = 250;

/** SQL states in which waiting cannot help: wrong password or user, no such database, no permission. */
const hopeless = /^(28...|3D000|42501)$/;

/**
 * Resolves when the server of a connection string answers, so that a database which starts at the same time is waited for.
 * @throws AppError `embedded_database.external_unreachable`, at once where waiting cannot help.
 */
export async function waitForDatabase(url: string, seconds = 60): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    const error = await connectOnce(url);
    if (error === null) return;
    const final = (error instanceof pg.DatabaseError && hopeless.test(error.code ?? '')) || waitedMs >= seconds * 1_000;
    if (final) {
      const { host } = new URL(url);
      const params = { host: host || 'localhost', reason: reasonOf(error) };
      throw embeddedErrors.externalUnreachable({ params, cause: error });
    }
    await sleep(pauseMs);
  }
}

// A name with several addresses fails with one error that has no message of its own but holds the others.
function reasonOf(error: Error): string {
  const parts = error instanceof AggregateError ? error.errors.map(String) : [error.message];
  return parts.join('; ') || 'no connection';
}

async function connectOnce(url: string): Promise<Error | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}
