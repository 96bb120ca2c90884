import { hash } from 'node:crypto';

/** How bearer tokens are stored and looked up: the SHA-256 of the whole text, in hexadecimal. They are random, so no salt. */
export function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}
