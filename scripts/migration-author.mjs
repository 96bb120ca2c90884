// Writes the next migration: `npm run dev:migrate -- add_crew_colour`. With --check it writes nothing, prints what the
// migrations lack and exits with 1 when that is anything. --schema and --migrations name other folders.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { schemaDiff } from './lib/schema-diff.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    schema: { type: 'string', default: 'prisma/schema' },
    migrations: { type: 'string', default: 'prisma/migrations' },
  },
});
const [name] = positionals;
if (!values.check && !/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
  console.error('usage: npm run dev:migrate -- <name_in_snake_case>   (or -- --check)');
  process.exit(2);
}

const sql = await schemaDiff({ schemaDir: values.schema, migrationsDir: values.migrations });
if (values.check) {
  if (sql) console.log(`The migrations do not make the schema of ${values.schema}. They lack:\n\n${sql}`);
  process.exit(sql ? 1 : 0);
}
if (!sql) {
  console.log('The migrations make this schema already: nothing to write.');
  process.exit(0);
}

const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const folder = join(values.migrations, `${stamp}_${name}`);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'migration.sql'), `${sql}\n`);
const lockFile = join(values.migrations, 'migration_lock.toml');
if (!existsSync(lockFile)) writeFileSync(lockFile, 'provider = "postgresql"\n');
console.log(`wrote ${join(folder, 'migration.sql')}: read it before you commit it`);
