import { createHash } from 'node:crypto';
import type { Secret } from '#kernel';

/** Tells one key to Composio from another without giving either away: 16 hexadecimal digits of a hash. */
export function keyFingerprint(apiKey: Secret): string {
  return createHash('sha256').update(`composio-key:${apiKey.reveal()}`).digest('hex').slice(0, 16);
}
