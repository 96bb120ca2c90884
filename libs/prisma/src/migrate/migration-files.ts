import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrationErrors } from './migration-errors.js';

/** One migration as it stands on disk. */
export interface MigrationFile {
  /** Name of its folder, `<timestamp>_<name>`: migrations run in the order of their names. */
  name: string;
  sql: string;
  /** SHA-256 of the file, hexadecimal, as Prisma records it. */
  checksum: string;
}

/** The migrations of a folder, in the order in which they run. */
export function readMigrations(dir: string): MigrationFile[] {
  if (!existsSync(dir)) throw migrationErrors.missingFolder({ params: { dir } });
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(dir, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** `prisma/migrations` of this product, from the sources as well as from the build. */
export function bundledMigrationsDir(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'prisma', 'migrations')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'prisma', 'migrations');
}
