import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const stamp = join(root, 'dist', 'built');
const inputs = [
  'apps',
  'libs',
  'prisma/schema',
  'package.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const skipped = /(^|\/)(generated|node_modules|testing)$|\.(spec|int-spec|e2e-spec)\.ts$/;

/** Why a build is needed, as the rest of a sentence; null when `dist` is whole and newer than every source. */
export function reasonToBuild() {
  if (!existsSync(join(root, 'apps'))) return null;
  if (!existsSync(stamp)) return 'there is no finished build';
  const built = statSync(stamp).mtimeMs;
  const newer = inputs.map((input) => newerThan(built, join(root, input))).find(Boolean);
  return newer ? `${newer.slice(root.length + 1)} has changed` : null;
}

/** Marks the build as whole. It counts as made at its start, so that what changed meanwhile is built next time. */
export function markBuilt(startedAt) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
}

function newerThan(limitMs, path) {
  if (skipped.test(path) || !existsSync(path)) return null;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs > limitMs ? path : null;
  for (const name of readdirSync(path)) {
    const found = newerThan(limitMs, join(path, name));
    if (found) return found;
  }
  return null;
}
