import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { TransactionOptions } from '#kernel';
import { type Prisma, PrismaClient } from './generated/client.js';

/** The part of the Prisma client that exists inside a transaction as well as outside. */
export type DatabaseClient = Prisma.TransactionClient;

const usualTimeoutMs = 15_000;

interface RunningTransaction {
  client: DatabaseClient;
  /** What is to be done when it is kept. */
  whenKept: (() => void)[];
}

/** How the pool is made. */
export interface DatabaseOptions {
  /** PostgreSQL connection string. */
  url: string;
  /** Most connections that this process opens. */
  poolMax: number;
  /** Told of connections that broke while idle; the pool replaces them. */
  onConnectionError?: (error: Error) => void;
}

/**
 * The database. Repositories use {@link client}, which is the running transaction where there is one.
 * Statements are prepared once per connection under a name made of their text.
 */
@Injectable()
export class PrismaService implements OnApplicationShutdown {
  readonly #pool: pg.Pool;
  readonly #hotPool: pg.Pool;
  readonly #punctualPool: pg.Pool;
  readonly #root: PrismaClient;
  readonly #punctual: PrismaClient;
  readonly #current = new AsyncLocalStorage<RunningTransaction>();
  readonly #statementNames = new Map<string, string>();

  constructor(options: DatabaseOptions) {
    const told = options.onConnectionError ?? (() => undefined);
    this.#pool = poolOf({ connectionString: options.url, max: options.poolMax }, told);
    this.#hotPool = poolOf({ connectionString: options.url, max: hotConnections, options: onePlanPerStatement }, told);
    this.#punctualPool = poolOf({ connectionString: options.url, max: punctualConnections }, told);
    const clientOn = (pool: pg.Pool) =>
      new PrismaClient({
        adapter: new PrismaPg(pool, {
          onPoolError: told,
          onConnectionError: told,
          statementNameGenerator: (query) => statementName(this.#statementNames, query.sql),
        }),
        transactionOptions: { maxWait: 5_000, timeout: usualTimeoutMs },
      });
    this.#root = clientOn(this.#pool);
    this.#punctual = clientOn(this.#punctualPool);
  }

  /** The transaction that the caller runs in, else the pool. */
  get client(): DatabaseClient {
    return this.#current.getStore()?.client ?? this.#root;
  }

  /** Runs `work` in a transaction, or in the one that is already running. */
  async inTransaction<T>(work: () => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    if (this.#current.getStore()) return work();
    const { punctual = false, timeoutMs = usualTimeoutMs } = options;
    const client = punctual ? this.#punctual : this.#root;
    const whenKept: (() => void)[] = [];
    const result = await client.$transaction(
      (transaction) => this.#current.run({ client: transaction, whenKept }, work),
      { timeout: timeoutMs },
    );
    for (const done of whenKept) done();
    return result;
  }

  /**
   * Calls `done` when the running transaction has been committed, never when it is undone; at once where none runs. It must not
   * throw, and nothing waits for what it sets off. A process that dies in between does not call it.
   */
  whenKept(done: () => void): void {
    const transaction = this.#current.getStore();
    if (transaction) transaction.whenKept.push(done);
    else done();
  }

  /**
   * Runs one reading statement of the hottest paths and answers its rows; `bigint` columns come as bigint. Outside a
   * transaction it has connections of its own, without the client's conversion of every column and with one plan per
   * statement: PostgreSQL would plan a small lookup over large tables anew each time, for longer than it runs.
   */
  async rows<T>(statement: Prisma.Sql): Promise<T[]> {
    const transaction = this.#current.getStore();
    if (transaction) return transaction.client.$queryRaw<T[]>(statement);
    const { text, values } = statement;
    const name = statementName(this.#statementNames, text);
    const result = await this.#hotPool.query({ name, text, values: values as unknown[], types: typesWithBigint });
    return result.rows as T[];
  }

  /**
   * Runs one writing statement with large binary values, of which the client would make text several times over. It has a
   * connection of its own and is committed at once.
   * @throws Error inside a transaction.
   */
  async writeBytes(statement: Prisma.Sql): Promise<void> {
    if (this.#current.getStore()) throw new Error('bytes are written outside of transactions');
    await this.#pool.query({ text: statement.text, values: statement.values as unknown[] });
  }

  /** Resolves when the database answers. */
  async ping(): Promise<void> {
    await this.#pool.query('SELECT 1');
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.#root.$disconnect(), this.#punctual.$disconnect()]);
    await Promise.all([this.#pool.end(), this.#hotPool.end(), this.#punctualPool.end()]);
  }
}

const hotConnections = 4;
const punctualConnections = 1;
const onePlanPerStatement = '-c plan_cache_mode=force_generic_plan';

function poolOf(config: pg.PoolConfig, told: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    keepAlive: true,
  });
  return pool.on('error', told);
}

const int8 = 20;
const typesWithBigint = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === int8 ? BigInt : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

// Prisma inlines list lengths into the text, so the number of different statements is bounded by forgetting all at once.
const mostNames = 2_000;

function statementName(names: Map<string, string>, sql: string): string {
  let name = names.get(sql);
  if (name === undefined) {
    if (names.size >= mostNames) names.clear();
    name = `p${createHash('sha1').update(sql).digest('base64url')}`;
    names.set(sql, name);
  }
  return name;
}
