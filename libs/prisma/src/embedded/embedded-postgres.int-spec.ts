import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedDatabase, startEmbeddedPostgres } from './embedded-postgres.js';
import { runningEmbeddedUrl } from './running-postgres.js';

const writer = `
  const { startEmbeddedPostgres } = await import(process.cwd() + '/libs/prisma/src/embedded/embedded-postgres.ts');
  const { default: pg } = await import('pg');
  const database = await startEmbeddedPostgres({ dataDir: process.argv[1] });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('CREATE TABLE acknowledged (id int PRIMARY KEY)');
  for (let id = 1; ; id += 1) {
    await client.query('INSERT INTO acknowledged VALUES ($1)', [id]);
    process.stdout.write(id + '\\n');
  }`;

let folder: string;
let dataDir: string;
let running: EmbeddedDatabase[];
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-'));
  // As root, PostgreSQL runs as another user, who has to get there.
  chmodSync(folder, 0o711);
  dataDir = join(folder, 'data');
  running = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  // What a killed process left running is ended by the next start.
  if (children.length > 0) await start().catch(() => undefined);
  for (const database of running) await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('startEmbeddedPostgres', () => {
  it('makes a UTF-8 cluster that only this machine reaches, and finds its rows again on the next start', async () => {
    const first = await start();
    await query(first, "CREATE TABLE kept AS SELECT 'ü' AS text");
    await first.stop();
    await expect(query(first, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const second = await start();
    expect(await query(second, 'SELECT text FROM kept')).toEqual([{ text: 'ü' }]);
    const settings = `SELECT current_setting('listen_addresses') AS address, current_setting('fsync') AS fsync,
      current_setting('unix_socket_directories') AS sockets, current_setting('server_encoding') AS encoding`;
    expect(await query(second, settings)).toEqual([
      { address: '127.0.0.1', fsync: 'on', sockets: '', encoding: 'UTF8' },
    ]);
  });

  it('is found by a job beside the process that runs it, and by nobody after it has stopped', async () => {
    expect(runningEmbeddedUrl(dataDir)).toBeNull();
    const database = await start();
    expect(runningEmbeddedUrl(dataDir)).toBe(database.url);
    await database.stop();
    expect(runningEmbeddedUrl(dataDir)).toBeNull();
  });

  it('keeps the cluster, its password and its log from every other user', async () => {
    const database = await start();
    expect(modeOf('postgres')).toBe(0o700);
    expect(modeOf('secrets')).toBe(0o700);
    expect(modeOf('secrets/postgres-password')).toBe(0o600);
    expect(modeOf('postgres.log')).toBe(0o600);
    const guess = new URL(database.url);
    guess.password = 'guess';
    await expect(query({ url: guess.href }, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain(new URL(database.url).password);
  });

  it('refuses a second process on the folder and names the first', async () => {
    const child = await startWriter(1);
    await expect(start()).rejects.toMatchObject({
      code: 'embedded_database.in_use',
      message: expect.stringContaining(`pid ${child.pid}`),
    });
  });

  it('loses no acknowledged row when its process is killed, and starts again by itself', async () => {
    let acknowledged = 0;
    const child = await startWriter(200, (id) => {
      acknowledged = id;
    });
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const orphan = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    expect(existsSync(`/proc/${orphan}`)).toBe(true);
    const database = await start();
    const rows = await query(database, 'SELECT max(id) AS last, count(*)::int AS rows FROM acknowledged');
    const { last, rows: count } = rows[0] as { last: number; rows: number };
    expect(acknowledged).toBeGreaterThanOrEqual(200);
    expect(last).toBeGreaterThanOrEqual(acknowledged);
    expect(count).toBe(last);
  });

  it('starts after the machine lost power in the middle of making the cluster', async () => {
    mkdirSync(join(dataDir, 'postgres.init', 'base'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.init', 'PG_VERSION'), '18\n');
    writeFileSync(join(dataDir, 'postgres.password'), 'old');
    expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(dataDir, 'postgres.password'))).toBe(false);
  });

  it('is not stopped by process numbers that strangers have been given since', async () => {
    const first = await start();
    await first.stop();
    const stranger = spawn('sleep', ['60']);
    writeFileSync(join(dataDir, 'process.lock'), JSON.stringify({ pid: stranger.pid, startedAt: 'earlier' }));
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${stranger.pid}\n${dataDir}/postgres\n0\n1\n`);
    try {
      expect(await query(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    } finally {
      stranger.kill();
    }
  });

  it('brings the server back on the same address when that is killed', async () => {
    const database = await start();
    await query(database, 'CREATE TABLE kept AS SELECT 1 AS one');
    process.kill(Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
    let rows: unknown[] = [];
    for (let attempt = 0; attempt < 100 && rows.length === 0; attempt += 1) {
      await sleep(50);
      rows = await query(database, 'SELECT one FROM kept').catch(() => []);
    }
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('says which file is missing when the cluster and its password were parted', async () => {
    const first = await start();
    await first.stop();
    rmSync(join(dataDir, 'secrets', 'postgres-password'));
    await expect(start()).rejects.toMatchObject({ code: 'embedded_database.password_lost' });
    await expect(start()).rejects.toMatchObject({ code: 'embedded_database.password_lost' });
  });

  it('does not touch the cluster of another major version', async () => {
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toMatchObject({ code: 'embedded_database.wrong_version' });
    expect(existsSync(join(dataDir, 'process.lock'))).toBe(false);
  });
});

async function start(): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedPostgres({ dataDir, initOptions: ['--no-sync'], lockWaitMs: 0 });
  running.push(database);
  return database;
}

async function startWriter(rows: number, seen: (id: number) => void = () => undefined): Promise<ChildProcess> {
  const loader = './libs/testing/src/process/typescript-loader.mjs';
  const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', writer, dataDir]);
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => reject(new Error(chunk.toString())));
    child.stdout.on('data', (chunk: Buffer) => {
      // The last line of a chunk may be cut off in the middle of a number.
      const whole = chunk.toString().split('\n').slice(0, -1);
      const last = Number(whole.at(-1) ?? 0);
      seen(last);
      if (last >= rows) resolve();
    });
  });
  return child;
}

async function query(database: { url: string }, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function modeOf(name: string): number {
  return statSync(join(dataDir, name)).mode & 0o777;
}
