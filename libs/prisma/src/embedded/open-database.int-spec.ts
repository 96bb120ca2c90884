import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '#config';
import { createTestDatabase } from '../../../testing/src/database/test-database.js';
import { openDatabase } from './open-database.js';

let folder: string;
let lines: string[];
const log = {
  info: (message: string) => void lines.push(message),
  warn: (message: string) => void lines.push(message),
  error: (message: string) => void lines.push(message),
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-'));
  chmodSync(folder, 0o711);
  lines = [];
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('openDatabase', () => {
  it('makes, starts and migrates the embedded database, and finds nothing to migrate the next time', async () => {
    const config = loadConfig({ DATA_DIR: folder });
    const first = await openDatabase(config, log);
    const client = new pg.Client({ connectionString: first.url });
    await client.connect();
    const answer = await client.query('SELECT count(*)::int AS users FROM users');
    await client.end();
    await first.stop();
    expect(answer.rows).toEqual([{ users: 0 }]);
    expect(lines.filter((line) => line.startsWith('applied migration')).length).toBeGreaterThan(0);
    lines = [];
    await (await openDatabase(config, log)).stop();
    expect(lines).toEqual([`starting the embedded PostgreSQL in ${folder}`]);
  });

  it('uses the server that DATABASE_URL names and starts none of its own', async () => {
    const database = await createTestDatabase();
    const opened = await openDatabase(loadConfig({ DATA_DIR: folder, DATABASE_URL: database.url }), log);
    await opened.stop();
    await database.drop();
    expect([opened.url, lines]).toEqual([database.url, []]);
  });

  it('says at once, and without the password, that the server refuses us', async () => {
    const database = await createTestDatabase();
    await database.drop();
    const url = new URL(database.url);
    url.password = 'canary-password';
    const opening = openDatabase(loadConfig({ DATA_DIR: folder, DATABASE_URL: url.href }), log);
    await expect(opening).rejects.toMatchObject({ code: 'embedded_database.external_unreachable' });
    await expect(opening).rejects.not.toThrow('canary-password');
  });
});
