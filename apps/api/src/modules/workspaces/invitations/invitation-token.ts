import { createHash } from 'node:crypto';

/** How an invitation's token is stored and looked up: hexadecimal SHA-256. */
export function invitationTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
