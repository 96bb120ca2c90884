import type { INestApplication } from '@nestjs/common';
import type { Logger } from 'pino';

const patienceMs = 20_000;

/**
 * Stops in order on SIGTERM or SIGINT: no new requests, the running ones finish, the pools close, the database stops.
 * A second signal, or 20 seconds, ends it at once.
 */
export function stopOnSignals(app: INestApplication, database: { stop(): Promise<void> }, logger: Logger): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info('stopping: finishing the running requests');
    setTimeout(() => process.exit(1), patienceMs).unref();
    try {
      await app.close();
      await database.stop();
      process.exit(0);
    } catch (error) {
      logger.error({ error }, 'stopping failed');
      process.exit(1);
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}
