// `npm run test:pg`: every test on the PostgreSQL that DATABASE_URL names. Its user must be allowed to create databases;
// nothing but databases named crewship_template_… and crewship_test_… is touched.
import pg from 'pg';
import { runTests } from './lib/run-tests.mjs';

const { DATABASE_URL: url, ...env } = process.env;
if (!url)
  stop('Set DATABASE_URL to a PostgreSQL 15 or newer, for example postgresql://user:password@127.0.0.1:5432/postgres');
const client = new pg.Client({ connectionString: url });
try {
  await client.connect();
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number, version() AS text");
  if (rows[0].number < 150_000) stop(`PostgreSQL 15 or newer is needed, but DATABASE_URL leads to ${rows[0].text}`);
  console.error(`testing on ${rows[0].text}`);
} catch (error) {
  stop(`The server that DATABASE_URL names cannot be used: ${error.message || error.code}`);
} finally {
  await client.end().catch(() => undefined);
}
process.exit(runTests(process.argv.slice(2), { ...env, TEST_DATABASE_URL: url }));

function stop(message) {
  console.error(message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
