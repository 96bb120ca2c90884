import { createHash, createHmac } from 'node:crypto';
import type { Request } from 'express';
import { type Audience, callerOf } from '#access';
import type { Actor } from '#kernel';
import { instanceWorkspaceId } from '#vault';
import { idempotencyErrors } from './idempotency.errors.js';
import type { IdempotentCall } from './idempotency.types.js';

const header = 'idempotency-key';
const wellFormed = /^[\x20-\x7e]{1,255}$/;

// The agent console promises it for every write (seed 002), the rest of the API for POST.
const consoleWrites = ['POST', 'PATCH', 'DELETE'];

/**
 * The call that is to be carried out once; null where the header is absent or says nothing: on methods that it is not
 * promised for, and for callers that are not known.
 * @throws AppError `idempotency.key_invalid` (400).
 */
export function idempotentCallOf(request: Request, audience: Audience | undefined): IdempotentCall | null {
  if (request.headers[header] === undefined) return null;
  if (!audience || audience.kind === 'public' || audience.kind === 'internal') return null;
  const isConsole = audience.kind === 'team_key';
  if (!(isConsole ? consoleWrites : ['POST']).includes(request.method)) return null;
  const caller = callerOf(request);
  const workspaceId = 'workspaceId' in caller ? String(caller.workspaceId) : instanceWorkspaceId;
  const key = keyOf(request);
  const scope = [isConsole ? 'team' : callerName(caller.actor), workspaceId, request.method, request.originalUrl, key];
  return {
    workspaceId,
    scopeHash: createHash('sha256').update(JSON.stringify(scope)).digest('hex'),
    fingerprint: fingerprintOf(key, request),
    refusalOfReuse: isConsole ? 409 : 422,
  };
}

// Repeated headers are joined by Node, and the sum would pass for a key.
function keyOf(request: Request): string {
  const [key = '', ...more] = request.headersDistinct[header] ?? [];
  if (more.length > 0 || !wellFormed.test(key)) throw idempotencyErrors.keyInvalid();
  return key;
}

// A token is a caller of its own: an answer may hold more than another token of the same person may have, such as a token.
// The console answers no secrets, and whoever gets past its guard may make the call: there the team is the caller.
function callerName({ kind, userId, tokenId }: Actor): string {
  return tokenId === null ? `${kind}:${userId ?? ''}` : `token:${tokenId}`;
}

function fingerprintOf(key: string, request: Request): string {
  const body: unknown = request.body;
  return createHmac('sha256', key)
    .update(`${request.headers['content-type'] ?? ''}\0`)
    .update(Buffer.isBuffer(body) ? body : '')
    .digest('hex');
}
