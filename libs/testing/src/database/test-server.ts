import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { testServerUrl, testTemplate } from '#config';
import { SystemRandom } from '#kernel';
import { startEmbeddedPostgres } from '../../../prisma/src/embedded/embedded-postgres.js';
import { endOrphan } from '../../../prisma/src/embedded/postmaster.js';
import { startOfProcess } from '../../../prisma/src/embedded/process-identity.js';
import { bundledMigrationsDir, migrate } from '../../../prisma/src/migrate/index.js';

/** The database server of one test run, with a migrated template database on it. */
export interface TestServer {
  stop(): Promise<void>;
}

const folderPrefix = 'crewship-test-';

/** Nothing of a test run has to survive a crash. */
const fast = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
  max_wal_senders: '0',
  wal_level: 'minimal',
};

/**
 * Takes the server that `TEST_DATABASE_URL` or `DATABASE_URL` names, else starts an embedded one in a temporary
 * folder, and makes the template that every test database is a copy of.
 */
export async function prepareTestServer(): Promise<TestServer> {
  const named = testServerUrl();
  const server = named ? { url: named, stop: async () => undefined } : await startTemporaryServer();
  const name = `crewship_template_${new SystemRandom().hex(6)}`;
  const template = new URL(server.url);
  template.pathname = `/${name}`;
  await onServer(server.url, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`);
  await migrate(template.href, bundledMigrationsDir());
  testTemplate.announce(template.href);
  return {
    stop: async () => {
      if (named) await onServer(named, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function startTemporaryServer() {
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  // As root, PostgreSQL runs as another user, who has to get there.
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, settings: fast, initOptions: ['--no-sync'] });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

// A run that was killed leaves its server behind; nobody else would ever end it.
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${folderPrefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || startOfProcess(Number(pid)) !== null) continue;
    await endOrphan(join(tmpdir(), name, 'postgres'));
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
