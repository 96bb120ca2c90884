// Fills the registry's table the way a sync does.
import pg from 'pg';
import { RegistryEntriesRepository } from '../dist/apps/api/src/modules/mcp-registry/registry-entries.repository.js';
import { readPage } from '../dist/apps/api/src/modules/mcp-registry/registry-page.js';
import { PrismaService } from '../dist/libs/prisma/src/prisma.service.js';
import { entries } from '../test/counterparts/registry-server/registry-entries.mjs';

/** Writes so many entries, every hundredth of them featured. */
export async function fillRegistry(url, count) {
  const prisma = new PrismaService({ url, poolMax: 1 });
  const repository = new RegistryEntriesRepository(prisma);
  const all = entries(count);
  const sighting = { run: 1, now: new Date('2026-01-01T00:00:00Z') };
  for (let from = 0; from < count; from += 100) {
    await repository.upsert(readPage({ servers: all.slice(from, from + 100) }).entries, sighting);
  }
  await prisma.onApplicationShutdown();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`UPDATE mcp_registry_servers SET is_featured = true WHERE name LIKE '%00/%'`);
  await client.query('VACUUM (ANALYZE) mcp_registry_servers');
  await client.end();
}
