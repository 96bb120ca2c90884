import { z } from 'zod';
import { Secret } from '#kernel';
import { SealFailure, vaultErrors } from '#vault';

/** What a rotation replaces, and a rollback brings back. */
export interface PreviousValue {
  value: Secret;
  username: string | null;
  tokenExpiresAt: Date | null;
}

const packed = z.object({ value: z.string(), username: z.string().nullable(), expires: z.iso.datetime().nullable() });

/** What a rotation replaces as one text to seal. */
export function packPrevious({ value, username, tokenExpiresAt }: PreviousValue): Secret {
  const expires = tokenExpiresAt?.toISOString() ?? null;
  return new Secret(JSON.stringify({ value: value.reveal(), username, expires }));
}

/**
 * Reverses {@link packPrevious} on what the vault opened.
 * @throws AppError `vault.unreadable` (500). It carries no parser's message, which would quote the secret.
 */
export function unpackPrevious(opened: Secret): PreviousValue {
  const result = packed.safeParse(parseOrNull(opened.reveal()));
  if (!result.success) throw vaultErrors.unreadable({ cause: new SealFailure('malformed') });
  const { value, username, expires } = result.data;
  return { value: new Secret(value), username, tokenExpiresAt: expires === null ? null : new Date(expires) };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
