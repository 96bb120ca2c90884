import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../testing/src/database/test-database.js';
import { migrate } from './migrator.js';

const one = 'CREATE TABLE one (id int PRIMARY KEY); INSERT INTO one VALUES (1);';
const two = 'CREATE TABLE two (id int PRIMARY KEY); INSERT INTO two VALUES (2);';

let database: TestDatabase;
let dir: string;

beforeEach(async () => {
  database = await createTestDatabase();
  await query('DROP SCHEMA public CASCADE');
  await query('CREATE SCHEMA public');
  dir = mkdtempSync(join(tmpdir(), 'migrations-'));
});

afterEach(async () => {
  await database.drop();
  rmSync(dir, { recursive: true });
});

describe('migrate', () => {
  it('applies what is missing in the order of names, once, and records it as Prisma does', async () => {
    put('20260102000000_two', two.replace('VALUES (2)', 'SELECT id + 1 FROM one'));
    put('20260101000000_one', one);
    expect((await migrate(database.url, dir)).applied).toEqual(['20260101000000_one', '20260102000000_two']);
    expect(await migrate(database.url, dir)).toEqual({ applied: [], unknown: [] });
    const records = await query('SELECT * FROM _prisma_migrations ORDER BY migration_name');
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({
      migration_name: '20260101000000_one',
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      finished_at: expect.any(Date),
      rolled_back_at: null,
      applied_steps_count: 1,
    });
  });

  it('applies each migration exactly once when four processes start together', async () => {
    put('20260101000000_one', `${one} SELECT pg_sleep(0.2);`);
    put('20260102000000_two', two);
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrateInProcess()));
    expect(runs.map((run) => run.code)).toEqual([0, 0, 0, 0]);
    expect(runs.map((run) => run.applied).sort()).toEqual([0, 0, 0, 2]);
    expect(await query('SELECT id FROM one')).toEqual([{ id: 1 }]);
    expect(await query('SELECT count(*)::int AS rows FROM _prisma_migrations')).toEqual([{ rows: 2 }]);
  });

  it('leaves nothing of a migration that fails, and runs nothing more until it was declared rolled back', async () => {
    put('20260101000000_one', one);
    put('20260102000000_broken', 'CREATE TABLE half (id int); SELECT 1 / 0;');
    await expect(migrate(database.url, dir)).rejects.toMatchObject({
      code: 'migration.failed',
      message: expect.stringContaining('20260102000000_broken failed'),
    });
    expect(await query("SELECT to_regclass('half') AS half, to_regclass('one')::text AS one")).toEqual([
      { half: null, one: 'one' },
    ]);
    put('20260102000000_broken', two);
    await expect(migrate(database.url, dir)).rejects.toMatchObject({
      code: 'migration.failed_before',
      message: expect.stringContaining('division by zero'),
    });
    await query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL');
    expect((await migrate(database.url, dir)).applied).toEqual(['20260102000000_broken']);
  });

  it('refuses an applied migration whose file was changed afterwards', async () => {
    put('20260101000000_one', one);
    await migrate(database.url, dir);
    put('20260101000000_one', `${one} -- harmless`);
    put('20260102000000_two', two);
    await expect(migrate(database.url, dir)).rejects.toMatchObject({ code: 'migration.changed' });
    expect(await query("SELECT to_regclass('two') AS two")).toEqual([{ two: null }]);
  });

  it('serves a database that a newer release has migrated further, and says so', async () => {
    put('20260101000000_one', one);
    put('20260102000000_two', two);
    await migrate(database.url, dir);
    rmSync(join(dir, '20260102000000_two'), { recursive: true });
    expect(await migrate(database.url, dir)).toEqual({ applied: [], unknown: ['20260102000000_two'] });
  });
});

function put(name: string, sql: string): void {
  mkdirSync(join(dir, name), { recursive: true });
  writeFileSync(join(dir, name, 'migration.sql'), sql);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function migrateInProcess(): Promise<{ code: number | null; applied: number }> {
  const script = `
    const { migrate } = await import(process.cwd() + '/libs/prisma/src/migrate/migrator.ts');
    console.log((await migrate(process.argv[1], process.argv[2])).applied.length);`;
  const loader = './libs/testing/src/process/typescript-loader.mjs';
  const child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', script, database.url, dir]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, applied: Number(output) };
}
