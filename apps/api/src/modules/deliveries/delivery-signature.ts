import { createHmac } from 'node:crypto';
import type { Secret } from '#kernel';

/** `v1=` and the hexadecimal HMAC-SHA256 over `<timestamp>.<raw body>`; the timestamp is in whole seconds. */
export function signatureOf(secret: Secret, timestamp: number, body: string): string {
  return `v1=${createHmac('sha256', secret.reveal()).update(`${timestamp}.${body}`).digest('hex')}`;
}
