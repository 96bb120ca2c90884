import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';

const answerWithinMs = 5_000;

/**
 * Sends `NOTIFY` over a connection of its own, many at once and one statement at a time. A transaction that notifies holds a
 * lock of the whole cluster from its commit to the disk's answer; these hold nothing that is worth waiting for, so nobody else's
 * commit waits.
 */
@Injectable()
export class NotificationSender implements OnApplicationShutdown {
  readonly #log = new Logger('notifications');
  readonly #pool: pg.Pool;
  readonly #waiting = new Map<string, Set<string>>();
  #sending: Promise<void> | null = null;

  constructor(url: string) {
    this.#pool = new pg.Pool({
      connectionString: url,
      max: 1,
      options: '-c synchronous_commit=off',
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      application_name: 'crewship-notifications',
    });
    this.#pool.on('error', () => undefined);
  }

  /** Notifies a channel soon; the same payload once, however often it is given meanwhile. What cannot be sent is logged and lost. */
  send(channel: string, payloads: Iterable<string>): void {
    const waiting = this.#waiting.get(channel) ?? new Set();
    for (const payload of payloads) waiting.add(payload);
    this.#waiting.set(channel, waiting);
    this.#sending ??= this.#sendAll();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#sending;
    await this.#pool.end();
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.size > 0) {
      // What is given in the same turn goes together.
      await nextTurn();
      const pairs = [...this.#waiting].flatMap(([channel, payloads]) => [...payloads].map((each) => [channel, each]));
      this.#waiting.clear();
      try {
        await this.#pool.query(
          'SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) n(channel, payload)',
          [pairs.map(([channel]) => channel), pairs.map(([, payload]) => payload)],
        );
      } catch (error) {
        this.#log.warn(error);
      }
    }
    this.#sending = null;
  }
}
