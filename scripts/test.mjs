// `npm test`: every test, on an embedded PostgreSQL of its own unless TEST_DATABASE_URL names a server.
// Arguments go to Vitest: npm test -- libs/vault
import { runTests } from './lib/run-tests.mjs';

process.exit(runTests(process.argv.slice(2), process.env));
