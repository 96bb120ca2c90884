import { credentialErrors } from './credentials.errors.js';

/** Where a page with a cursor goes on: behind this row, in the order newest first, then id. */
export interface CredentialCursor {
  createdAt: Date;
  id: string;
}

/** The cursor as it is handed out: base64url of `v1:<created_at>|<id>`. */
export function encodeCursor({ createdAt, id }: CredentialCursor): string {
  return Buffer.from(`v1:${createdAt.toISOString()}|${id}`, 'utf8').toString('base64url');
}

/** Reads a cursor. @throws AppError `credential.invalid_cursor`. */
export function decodeCursor(text: string): CredentialCursor {
  const match = /^v1:([^|]{1,40})\|([A-Za-z0-9_-]{1,64})$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
  if (!match) throw credentialErrors.invalidCursor({ params: { reason: 'it was not made by this list' } });
  const [, instant = '', id = ''] = match;
  const createdAt = new Date(instant);
  if (Number.isNaN(createdAt.getTime())) {
    throw credentialErrors.invalidCursor({ params: { reason: 'it names no instant' } });
  }
  return { createdAt, id };
}
