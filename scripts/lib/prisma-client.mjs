import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const schemaDir = join(root, 'prisma', 'schema');
const stamp = join(root, 'libs', 'prisma', 'src', 'generated', 'schema.sha256');

/** Generates the Prisma client when the schema is not the one that it was generated from. Returns whether it did. */
export function generateClientIfStale() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === schemaHash()) return false;
  generateClient();
  return true;
}

/** Generates the Prisma client without downloading an engine. */
export function generateClient() {
  const stub = join(import.meta.dirname, 'schema-engine-stub');
  chmodSync(stub, 0o755);
  const cli = join(root, 'node_modules', 'prisma', 'build', 'index.js');
  const { status, stdout, stderr } = spawnSync(nodeBinary(), [cli, 'generate', '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: stub,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  if (status !== 0) throw new Error(`the Prisma client could not be generated:\n${stdout}\n${stderr}`);
  writeFileSync(stamp, schemaHash());
}

/** The Node 24 that the product brings along, whatever the machine has; the running one where it is missing. */
export function nodeBinary() {
  const own = join(root, 'node_modules', 'node', 'bin', 'node');
  return existsSync(own) ? own : process.execPath;
}

// The installed generator counts as well: a new version of it must not meet an old client.
function schemaHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'node_modules', 'prisma', 'package.json')));
  for (const name of readdirSync(schemaDir).sort()) hash.update(name).update(readFileSync(join(schemaDir, name)));
  return hash.digest('hex');
}
