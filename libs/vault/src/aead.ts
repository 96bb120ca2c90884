import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Random } from '#kernel';
import { SealFailure } from './vault.errors.js';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Bytes of every key of this library: AES-256. */
export const keyBytes = 32;

/** Joins parts with a 4-byte length before each, so that no two lists of parts give the same bytes. */
export function associatedData(parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D) under a fresh random 96-bit nonce. One key is good for 2³² messages.
 * @returns `<nonce>.<ciphertext and 128-bit tag>`, both base64url without padding.
 */
export function encrypt(key: Buffer, plain: Buffer, associated: Buffer, random: Random): string {
  const nonce = random.bytes(nonceBytes);
  if (nonce.length !== nonceBytes) throw new Error(`the random source gave ${nonce.length} bytes, not ${nonceBytes}`);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(associated);
  const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `${nonce.toString('base64url')}.${body.toString('base64url')}`;
}

/**
 * Reverses {@link encrypt}.
 * @throws SealFailure `malformed` or `not_authentic`.
 */
export function decrypt(key: Buffer, text: string, associated: Buffer): Buffer {
  const [nonceText = '', bodyText = '', ...more] = text.split('.');
  const nonce = strictBase64Url(nonceText);
  const body = strictBase64Url(bodyText);
  if (more.length > 0 || nonce.length !== nonceBytes || body.length < tagBytes) throw new SealFailure('malformed');
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
    .setAAD(associated)
    .setAuthTag(body.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    throw new SealFailure('not_authentic');
  }
}

// Node skips characters outside the alphabet and ignores spare bits: several texts would open as one value.
function strictBase64Url(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new SealFailure('malformed');
  return bytes;
}
