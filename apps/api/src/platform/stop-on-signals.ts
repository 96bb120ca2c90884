import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { Logger } from 'pino';

const stopSignals = ['SIGTERM', 'SIGINT'] as const;
const patienceMs = 20_000;
const oneKeypressMs = 1_000;
const idleSweepMs = 50;

/**
 * Stops in order on SIGTERM or SIGINT: no new requests, the running ones finish, the pools close, the database stops.
 * A further signal ends it at once, and so do 20 seconds. A terminal may send one Ctrl-C twice; within a second that is one.
 */
export function stopOnSignals(app: INestApplication, database: { stop(): Promise<void> }, logger: Logger): void {
  let stoppingSince: number | null = null;
  const stop = async (): Promise<void> => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince > oneKeypressMs) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    logger.info('stopping: finishing the running requests');
    setTimeout(() => process.exit(1), patienceMs).unref();
    try {
      // A connection that was busy when the server closed is kept open after its answer, and closing would wait for it.
      const server = app.getHttpServer() as Server;
      setInterval(() => server.closeIdleConnections(), idleSweepMs).unref();
      await app.close();
      await database.stop();
      process.exit(0);
    } catch (error) {
      logger.error({ error }, 'stopping failed');
      process.exit(1);
    }
  };
  for (const signal of stopSignals) process.on(signal, () => void stop());
}

/**
 * Keeps a SIGTERM or SIGINT back while the database is being opened: ending right there would leave PostgreSQL running.
 * Calling what it answers lets the signal through. Another one, more than a second later, ends the process at once.
 */
export function holdSignals(): () => void {
  let held: { signal: NodeJS.Signals; since: number } | null = null;
  const hold = (signal: NodeJS.Signals): void => {
    if (held !== null && performance.now() - held.since > oneKeypressMs) process.exit(1);
    held ??= { signal, since: performance.now() };
  };
  for (const signal of stopSignals) process.on(signal, hold);
  return () => {
    for (const signal of stopSignals) process.off(signal, hold);
    if (held !== null) process.kill(process.pid, held.signal);
  };
}
