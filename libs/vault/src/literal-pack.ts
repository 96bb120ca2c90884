import { z } from 'zod';
import { Secret } from '#kernel';
import type { LiteralPath } from './sealed-placeholders.js';
import { SealFailure, vaultErrors } from './vault.errors.js';

const packed = z.record(z.string(), z.string());

/** The literals of one row as one text to seal: a JSON object of path and value. */
export function packLiterals(literals: ReadonlyMap<LiteralPath, Secret>): Secret {
  return new Secret(JSON.stringify(Object.fromEntries([...literals].map(([path, value]) => [path, value.reveal()]))));
}

/**
 * Reverses {@link packLiterals} on what the vault opened.
 * @throws AppError `vault.unreadable` (500). It carries no parser's message, which would quote the secret.
 */
export function unpackLiterals(opened: Secret): Map<LiteralPath, Secret> {
  const result = packed.safeParse(parseOrNull(opened.reveal()));
  if (!result.success) throw vaultErrors.unreadable({ cause: new SealFailure('malformed') });
  return new Map(Object.entries(result.data).map(([path, value]) => [path, new Secret(value)]));
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
