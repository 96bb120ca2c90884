import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';

import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ClusterPlace } from './cluster-place.js';
import { clusterOwner, programOptions } from './create-cluster.js';
import { embeddedErrors } from './embedded-errors.js';
import { stopPostmaster } from './postmaster.js';

const startSeconds = 120;
const pollMs = 15;
const launches = 8;
const logMaxBytes = 10 * 1_048_576;

/** How one server is run. */
export interface ServerOptions {
  place: ClusterPlace;
  password: string;
  logFile: string;
  /** Further `-c name=value` settings. */
  settings: Readonly<Record<string, string>>;
  /** Told when the server ended on its own and could not be started again. */
  onLost: (error: unknown) => void;
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The detail line of a broken constraint holds the row's values, which do not belong into a log.
  log_error_verbosity: 'terse',
};

/** One running PostgreSQL. When it ends on its own it is started again on the same port. */
export class PostgresServer {
  #child: ChildProcess | null = null;
  #stopping = false;
  #port = 0;

  constructor(private readonly options: ServerOptions) {}

  /** Connection string of one of the server's databases. */
  url(database: string): string {
    const password = encodeURIComponent(this.options.password);
    return `postgresql://${clusterOwner}:${password}@127.0.0.1:${this.#port}/${database}?sslmode=disable`;
  }

  /** Resolves when the server answers. */
  async start(): Promise<void> {
    rotate(this.options.logFile);
    for (let launch = 1; ; launch += 1) {
      this.#port = await freePort();
      // The port may be taken in between, so an early end is tried again with another one.
      if (await this.#launch()) return;
      if (launch === 3) throw this.#failure();
    }
  }

  /** Stops the server in order. Calling it again does nothing. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const pid = this.#child?.pid;
    if (pid !== undefined && this.#child?.exitCode === null) await stopPostmaster(pid);
    this.#child = null;
  }

  async #launch(): Promise<boolean> {
    const child = this.#spawn();
    for (let waited = 0; waited < startSeconds * 1_000; waited += pollMs) {
      if (hasEnded(child)) return false;
      if (await this.#answers(child)) {
        this.#child = child;
        if (this.#stopping) await this.stop();
        child.once('exit', () => void this.#revive());
        return true;
      }
      await sleep(pollMs);
    }
    if (child.pid !== undefined) await stopPostmaster(child.pid);
    throw this.#failure();
  }

  #spawn(): ChildProcess {
    const { place, logFile } = this.options;
    const all = { ...settings, port: String(this.#port), ...this.options.settings };
    const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const log = openSync(logFile, 'a', 0o600);
    // A group of its own, so that Ctrl-C in a terminal reaches us first and requests can be drained.
    const child = spawn(join(place.home, 'bin', 'postgres'), ['-D', place.dir, ...flags], {
      ...programOptions(place),
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    child.on('error', () => undefined);
    child.unref();
    return child;
  }

  async #answers(child: ChildProcess): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url('postgres'), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== '28P01') return false;
      if (child.pid !== undefined) await stopPostmaster(child.pid);
      const { place, logFile } = this.options;
      throw embeddedErrors.passwordLost({ params: { dir: place.dir, dataDir: dirname(logFile) }, cause: error });
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async #revive(): Promise<void> {
    for (let launch = 1; !this.#stopping && launch <= launches; launch += 1) {
      // The processes of the one that ended need a moment to notice, and a new one refuses to start before.
      await sleep(100 * launch);
      if (!this.#stopping && (await this.#launch().catch(() => false))) return;
    }
    if (!this.#stopping) this.options.onLost(this.#failure());
  }

  #failure(): Error {
    const { logFile } = this.options;
    const output = readFileSync(logFile, 'utf8').trim().split('\n').slice(-8).join('\n');
    return embeddedErrors.startFailed({ params: { seconds: startSeconds, log: logFile, output } });
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function rotate(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logMaxBytes) renameSync(logFile, `${logFile}.1`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
