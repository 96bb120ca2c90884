import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase } from './test-database.js';

describe('createTestDatabase', () => {
  it('gives a migrated database that shares no row with another and can be dropped while it is in use', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const client = new pg.Client({ connectionString: one.url });
    const dropped = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await client.query('CREATE TABLE only_here (id int)');
    expect(await count(one.url, 'SELECT 1 FROM _prisma_migrations WHERE finished_at IS NULL')).toBe(0);
    expect(await count(other.url, "SELECT 1 FROM pg_tables WHERE tablename = 'only_here'")).toBe(0);
    await Promise.all([one.drop(), other.drop()]);
    await expect(dropped).resolves.toMatchObject({ code: '57P01' });
    await expect(count(one.url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
  });
});

async function count(url: string, sql: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query(sql)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
