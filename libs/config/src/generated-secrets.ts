import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, Secret } from '#kernel';
import { configErrors } from './config-errors.js';
import type { KeyRing } from './key-ring.js';
import { secretFromFile, secretsFolder } from './secret-files.js';

const internalTokenLabel = 'crewship-integrations/internal-token/v1';

/**
 * The ring, with version 1 from the data folder when the environment has none. It is made there when version 1 is the
 * current one; once a later version is, it may be gone for good.
 */
export function withGeneratedKey(ring: KeyRing, dataDir: string, random: Random): KeyRing {
  if (ring.keys.has(1)) return ring;
  const file = join(secretsFolder(dataDir), 'encryption-key');
  if (!existsSync(file)) {
    if (ring.currentVersion !== 1) return ring;
    if (holdsDatabase(dataDir)) throw configErrors.keyLost({ params: { dataDir, file } });
  }
  const key = secretFromFile(file, random);
  if (!/^[0-9a-f]{64}$/.test(key)) throw damaged(file, 'it must hold 64 hexadecimal characters', 'ENCRYPTION_KEY');
  return { ...ring, keys: new Map([[1, new Secret(key)], ...ring.keys]) };
}

/** The session secret from the data folder. */
export function generatedSessionSecret(dataDir: string, random: Random): Secret {
  const file = join(secretsFolder(dataDir), 'nextauth-secret');
  const text = secretFromFile(file, random);
  if (text.length < 32) throw damaged(file, 'it must hold at least 32 characters', 'NEXTAUTH_SECRET');
  return new Secret(text);
}

/**
 * The runtime's token where none is set: HMAC-SHA256 of a fixed label, hexadecimal, under the oldest key that there is, so
 * that a rotation does not change it before the old key is removed.
 */
export function derivedInternalToken(ring: KeyRing): Secret {
  const oldest = Math.min(...ring.keys.keys());
  const key = Buffer.from(ring.keys.get(oldest)?.reveal() ?? '', 'hex');
  return new Secret(createHmac('sha256', key).update(internalTokenLabel).digest('hex'));
}

function holdsDatabase(dataDir: string): boolean {
  return ['postgres', 'postgres.location.json'].some((name) => existsSync(join(dataDir, name)));
}

function damaged(file: string, wrong: string, variable: string): Error {
  return configErrors.secretFile({ params: { file, wrong, variable } });
}
