// Writes apps/api/openapi.json from the built application, and from it the types of libs/client.
// With --check it writes nothing and fails when either would change.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const check = process.argv.includes('--check');
const folder = check ? mkdtempSync(join(tmpdir(), 'crewship-contract-')) : null;
const document = folder ? join(folder, 'openapi.json') : 'apps/api/openapi.json';
const types = folder ? join(folder, 'schema.d.ts') : 'libs/client/src/schema.d.ts';

const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
if (!process.argv.includes('--built')) run(process.execPath, ['scripts/build.mjs']);
run(process.execPath, ['dist/apps/api/src/openapi.main.js', document]);
run(process.execPath, [
  'node_modules/openapi-typescript/bin/cli.js',
  document,
  '--output',
  types,
  '--root-types',
  '--default-non-nullable',
  'false',
]);

if (folder) {
  const drifted = [
    [document, 'apps/api/openapi.json'],
    [types, 'libs/client/src/schema.d.ts'],
  ].filter(([fresh, committed]) => readFileSync(fresh, 'utf8') !== readFileSync(committed, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  if (drifted.length > 0) {
    console.error(
      `out of date: ${drifted.map(([, committed]) => committed).join(', ')}. Run \`npm run openapi\` and commit.`,
    );
    process.exit(1);
  }
  console.log('the published contract and its client are up to date');
}
