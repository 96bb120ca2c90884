import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundledMigrationsDir, migrate, startEmbeddedPostgres } from '#prisma';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

describe('a database that goes away', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'crewship-away-'));
  let database: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    database = await startEmbeddedPostgres({ dataDir });
    await migrate(database.url, bundledMigrationsDir());
    test = await startTestApp({ database: { url: database.url, drop: async () => undefined } });
    owner = await test.seed.workspace();
  });
  afterAll(async () => {
    await test.close();
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const list = () => test.as(owner).GET('/api/v1/integrations');

  it('is answered with 503 and Retry-After, says nothing of the database, and is forgotten once it is back', async () => {
    expect((await list()).response.status).toBe(200);
    await database.stop();
    const { response, error } = await list();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(JSON.stringify(error)).not.toMatch(/postgres|127\.0\.0\.1|ECONN|SELECT/i);
    expect(test.logs.join('')).not.toContain(new URL(database.url).password);
    const port = new URL(database.url).port;
    database = await startEmbeddedPostgres({ dataDir, settings: { port } });
    expect((await list()).response.status).toBe(200);
  });
});
