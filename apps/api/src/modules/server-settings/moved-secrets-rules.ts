import { destinationOf } from '#resolver-core';
import type { Connection } from './connection-rules.js';

/** A change of a server row, as far as its secrets go. */
export interface SecretsMove {
  /** How the server is reached before and after the change. */
  from: Connection;
  to: Connection;
  /** Members whose sealed values the change leaves as they are. */
  kept: readonly string[];
  /** The credential that the row names before, and what the change says of it: undefined is nothing. */
  credentialId: string | null;
  givenCredentialId: string | null | undefined;
}

/**
 * The members whose secrets the change would send to another host, or to a program instead of a host, without anybody
 * having said so. Empty where the destination stays, and where every secret is sent again, confirmed or cleared.
 */
export function secretsThatWouldMove({ from, to, kept, credentialId, givenCredentialId }: SecretsMove): string[] {
  if (destinationOf(from) === destinationOf(to)) return [];
  return [...kept, ...(credentialId !== null && givenCredentialId === undefined ? ['credential_id'] : [])];
}

/** What the fault about each of the members says. */
export function movedSecretFaults(members: readonly string[]): { field: string; code: string; message: string }[] {
  return members.map((field) => ({
    field,
    code: 'would_move',
    message:
      field === 'credential_id'
        ? 'The credential was given for the earlier destination; send its id again to confirm, or null to take it away'
        : `${field} was given for the earlier destination; send its value again, or leave it out of the column`,
  }));
}
