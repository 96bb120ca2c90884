import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';

/** Told of what happens on one channel. Must not throw. */
export interface NotificationHandler {
  /** Another transaction notified the channel and was committed. */
  notified(payload: string): void;
  /** The connection was lost and is there again: what was notified meanwhile was not heard. */
  resumed(): void;
}

const shortestWaitMs = 100;
const longestWaitMs = 5_000;
const pulseEveryMs = 30_000;
const answerWithinMs = 5_000;

/**
 * Hears `NOTIFY` of every process on the database, over one connection of its own. It is opened with the first channel, kept
 * alive by a question every half minute, and opened again for as long as it takes when it breaks.
 */
@Injectable()
export class NotificationListener implements OnApplicationShutdown {
  readonly #log = new Logger('notifications');
  readonly #handlers = new Map<string, NotificationHandler>();
  #connection: Promise<pg.Client> | null = null;
  #pulse: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(private readonly url: string) {}

  /** Hears a channel from here on; one handler for each. Rejects when the database cannot be reached now. */
  async listen(channel: string, handler: NotificationHandler): Promise<void> {
    if (this.#stopped) throw new Error('the process is stopping');
    this.#handlers.set(channel, handler);
    this.#connection ??= this.#open().catch((error: unknown) => {
      this.#connection = null;
      throw error;
    });
    await (await this.#connection).query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    if (this.#pulse) clearInterval(this.#pulse);
    const client = await this.#connection?.catch(() => null);
    await client?.end().catch(() => undefined);
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
      keepAlive: true,
      application_name: 'crewship-notifications',
    });
    client.on('notification', ({ channel, payload }) => this.#handlers.get(channel)?.notified(payload ?? ''));
    client.on('error', () => undefined);
    try {
      await client.connect();
      for (const channel of this.#handlers.keys()) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    client.once('end', () => this.#lost(client));
    this.#pulse ??= setInterval(() => void this.#ask(), pulseEveryMs).unref();
    return client;
  }

  #lost(client: pg.Client): void {
    client.removeAllListeners('notification');
    if (this.#stopped) return;
    this.#log.warn('the connection for notifications was lost; opening it again');
    this.#connection = this.#reopen();
    // Whoever waits for it hears of the failure; nobody may be waiting.
    this.#connection.catch(() => undefined);
  }

  async #reopen(): Promise<pg.Client> {
    for (let waitMs = shortestWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      if (this.#stopped) throw new Error('the process is stopping');
      try {
        const client = await this.#open();
        for (const handler of this.#handlers.values()) handler.resumed();
        return client;
      } catch {
        await sleep(waitMs, undefined, { ref: false });
      }
    }
  }

  // A connection that a firewall forgot says nothing by itself.
  async #ask(): Promise<void> {
    const client = await this.#connection?.catch(() => null);
    await client?.query('SELECT 1').catch(() => client.end().catch(() => undefined));
  }
}
