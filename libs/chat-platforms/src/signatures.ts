import { createHash, createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';

/** How far a signed time may lie from ours. */
export const maxSkewMs = 5 * 60_000;

/** Whether two texts are equal, in a time that tells neither where they differ nor how long either is. */
export function sameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** Whether a time in Unix seconds, as a header has it, lies within {@link maxSkewMs}. */
export function isRecent(seconds: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(seconds)) return false;
  return Math.abs(now.getTime() - Number(seconds) * 1_000) <= maxSkewMs;
}

/** HMAC-SHA256 over the pieces one after the other, in hexadecimal. */
export function hmacHex(key: string, ...pieces: (string | Buffer)[]): string {
  const hmac = createHmac('sha256', key);
  for (const piece of pieces) hmac.update(piece);
  return hmac.digest('hex');
}

/** SHA-256 over the pieces one after the other, in hexadecimal. */
export function sha256Hex(...pieces: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

// What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410).
const ed25519Header = Buffer.from('302a300506032b6570032100', 'hex');

/** An Ed25519 public key of 64 hexadecimal characters; null for anything else. */
export function ed25519Key(hex: string): KeyObject | null {
  if (!/^[0-9a-f]{64}$/i.test(hex)) return null;
  try {
    const key = Buffer.concat([ed25519Header, Buffer.from(hex, 'hex')]);
    return createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

/** Whether a signature of 128 hexadecimal characters over the message is the key's. */
export function isEd25519Signature(keyHex: string, signatureHex: string, message: Buffer): boolean {
  const key = ed25519Key(keyHex);
  if (key === null || !/^[0-9a-f]{128}$/i.test(signatureHex)) return false;
  return verify(null, message, key, Buffer.from(signatureHex, 'hex'));
}
