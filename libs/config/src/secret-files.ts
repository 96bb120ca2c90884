import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Random } from '#kernel';

/** The folder of the generated secrets. Only the owner may enter it. */
export function secretsFolder(dataDir: string): string {
  return join(dataDir, 'secrets');
}

/**
 * The secret in the file, generated on first use: 32 random bytes as hexadecimal, mode 0600 in a folder of mode 0700.
 * Processes that start at once all get the one that the first of them wrote.
 */
export function secretFromFile(file: string, random: Random): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  chmodSync(dirname(file), 0o700);
  if (!existsSync(file)) publish(file, random);
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

// A link appears whole or not at all, and never replaces a file, which a write followed by a rename would do.
function publish(file: string, random: Random): void {
  const draft = `${file}.${random.hex(6)}`;
  writeFileSync(draft, `${random.hex(32)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
}
