import type { Socket } from 'node:net';
import { isNativeError } from 'node:util/types';
import { Injectable } from '@nestjs/common';
import { DatabaseError } from 'pg';
import { type PostgresTarget, readPostgresDsn } from '#connector-manifests';
import { Egress, findRefusal } from '#egress';
import { AppError } from '#kernel';
import { attemptsOf, type Encryption, GivenSocketClient } from './postgres-client.js';
import type { ProviderWords } from './provider-words.js';
import { accepted, rejected, type Verdict, verifyDeadlineMs } from './verdict.js';

const mostBytes = 65_536;
const watchEveryMs = 50;

/** Tries a PostgreSQL connection string: signs in and runs `SELECT 1`, within one deadline and through the egress guard. */
@Injectable()
export class PostgresVerifyService {
  constructor(private readonly egress: Egress) {}

  /** Never throws for what the server does or says. */
  async verify(dsn: string, words: ProviderWords): Promise<Verdict> {
    const reading = readPostgresDsn(dsn);
    if (!reading.ok) return rejected(`postgres DSN invalid: it ${reading.reason}`);
    const { target } = reading;
    const endsAt = performance.now() + verifyDeadlineMs;
    const attempts = attemptsOf[target.sslMode];
    for (const [index, encryption] of attempts.entries()) {
      try {
        await this.#attempt(target, encryption, endsAt);
        return accepted();
      } catch (error) {
        const last = index === attempts.length - 1 || performance.now() >= endsAt;
        if (last || !worthAnother(error, encryption)) return rejected(explained(error, words));
      }
    }
    return rejected('postgres connection failed');
  }

  async #attempt(target: PostgresTarget, encryption: Encryption, endsAt: number): Promise<void> {
    const leftMs = Math.max(1, Math.round(endsAt - performance.now()));
    const limits = { purpose: 'connector.verify_sql', deadlineMs: leftMs };
    const socket = await this.egress.connectTcp(target.host, target.port, limits);
    const client = new GivenSocketClient(target, socket, { encryption, ca: this.egress.ca });
    // A connection that ends late must not end the process.
    client.on('error', () => undefined);
    const watch = watched(socket, endsAt);
    try {
      await Promise.race([client.connect().then(() => client.query('SELECT 1')), watch.cut]);
    } finally {
      watch.stop();
      socket.destroy();
    }
  }
}

/** Ends the connection when the time is over or the server says too much. */
function watched(socket: Socket, endsAt: number) {
  let timer: NodeJS.Timeout | undefined;
  const cut = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      const late = performance.now() >= endsAt;
      if (!late && socket.bytesRead <= mostBytes) return;
      reject(new ConnectionCut(late ? `no answer within ${verifyDeadlineMs / 1000} s` : 'the answer is too long'));
    }, watchEveryMs);
  });
  cut.catch(() => undefined);
  return { cut, stop: () => clearInterval(timer) };
}

class ConnectionCut extends Error {}

// Another kind of encryption helps when the server refused this one: by word, or by its rules for hosts (28000).
function worthAnother(error: unknown, encryption: Encryption): boolean {
  if (error instanceof AppError || error instanceof ConnectionCut) return false;
  return error instanceof DatabaseError ? error.code === '28000' : encryption !== false;
}

function explained(error: unknown, words: ProviderWords): string {
  const failed = 'postgres connection failed';
  if (error instanceof ConnectionCut) return `${failed}: ${error.message}`;
  if (error instanceof AppError) return `${failed}: ${findRefusal(error)?.reason ?? error.message}`;
  return words.after(failed, isNativeError(error) ? error.message : '');
}
