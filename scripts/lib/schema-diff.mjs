// What separates the migrations from the Prisma schema, found by Prisma's schema engine in its WebAssembly form with
// an in-process PostgreSQL as shadow database: no engine is downloaded and no server is needed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm as trigrams } from '@electric-sql/pglite/contrib/pg_trgm';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { PrismaPGlite } from 'pglite-prisma-adapter';

// With what the migrations ask for by CREATE EXTENSION.
function shadow() {
  return new PGlite({ extensions: { pg_trgm: trigrams } });
}

class ShadowDatabase {
  provider = 'postgres';
  adapterName = 'shadow';

  connect() {
    return this.connectToShadowDb();
  }

  async connectToShadowDb() {
    const database = shadow();
    const adapter = await new PrismaPGlite(database).connect();
    // The adapter's own version does not wait, so that an error in a migration would be lost.
    adapter.executeScript = async (script) => {
      await database.exec(script);
    };
    return adapter;
  }
}

/** The SQL that turns the migrations' schema into the one of the Prisma files; '' when they are the same. */
export async function schemaDiff({ schemaDir, migrationsDir }) {
  const files = readdirSync(schemaDir)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: join(schemaDir, name), content: readFileSync(join(schemaDir, name), 'utf8') }));
  const migrations = readMigrations(migrationsDir);
  const engine = await SchemaEngine.new(
    { datamodels: files.map((file) => [file.path, file.content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new ShadowDatabase()),
  );
  const { stdout } = await engine
    .diff({
      from: asTarget(migrationsDir, migrations),
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    .catch((error) => explain(error, migrations));
  return withoutHandWritten(stdout ?? '', migrations);
}

function readMigrations(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(dir, name, 'migration.sql'), 'utf8') }));
}

function asTarget(baseDir, migrations) {
  return {
    tag: 'migrations',
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

// Triggers, functions, views, CHECK and EXCLUDE constraints and partial or expression indexes are invisible to the
// engine. Indexes with INCLUDE, NULLS NOT DISTINCT or a deferrable constraint are not: it would drop them as unknown.
const unmodelled = `
  SELECT c.relname AS name FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid
    LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype = 'u'
   WHERE i.indnatts > i.indnkeyatts OR i.indnullsnotdistinct OR k.condeferrable`;

async function withoutHandWritten(sql, migrations) {
  const steps = sql.split(/\n\n(?=-- )/).filter((step) => !step.includes('This is an empty migration'));
  if (!steps.some((step) => dropped(step))) return steps.join('\n\n').trim();
  const database = await migrated(migrations);
  const { rows } = await database.query(unmodelled);
  await database.close();
  const kept = new Set(rows.map((row) => row.name));
  return steps
    .filter((step) => !kept.has(dropped(step)))
    .join('\n\n')
    .trim();
}

function dropped(step) {
  return /^-- DropIndex\nDROP INDEX "([^"]+)";\s*$/.exec(step)?.[1];
}

// The engine names the migration that failed, but not what PostgreSQL said about it.
async function explain(error, migrations) {
  const database = await migrated(migrations);
  await database.close();
  throw error;
}

async function migrated(migrations) {
  const database = shadow();
  for (const { name, sql } of migrations) {
    await database.exec(sql).catch((error) => {
      throw new Error(`migration ${name} does not run: ${error.message}`);
    });
  }
  return database;
}
