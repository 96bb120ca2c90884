import pg from 'pg';
import { testTemplate } from '#config';
import { SystemRandom } from '#kernel';

/** A database of its own for one spec file: migrated, empty, and nobody else's. */
export interface TestDatabase {
  /** Connection string for `PrismaService`, `pg` or `withDatabaseUrl`. */
  url: string;
  /** Removes it, ending whatever is still connected. */
  drop(): Promise<void>;
}

const copiesByFile = 150_000;

/** Copies the run's template database, some 150 ms. Call it in `beforeAll`, and `drop()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = testTemplate.url();
  if (template === null) throw new Error('no test server was prepared: run the tests with `npm test` or vitest');
  const name = `crewship_test_${new SystemRandom().hex(8)}`;
  await onMaintenance(template, async (client) => {
    const answer = await client.query<{ number: string }>(`SELECT current_setting('server_version_num') AS number`);
    // Copying the files of so small a database is faster than the default of PostgreSQL 15, which logs every page.
    const strategy = Number(answer.rows[0]?.number) >= copiesByFile ? 'STRATEGY file_copy' : '';
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${nameOf(template)} ${strategy}`);
  });
  const url = withDatabase(template, name);
  return {
    url,
    drop: () => onMaintenance(template, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

// A database that is being copied must have no visitors, so the template itself is never connected to.
async function onMaintenance(template: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(template, 'postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
