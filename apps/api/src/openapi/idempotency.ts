import { isConsolePath, statusMeanings } from '#http';
import { type ParameterNode, type PlacedOperation, refTo } from './document-nodes.js';

const keyParameter: ParameterNode = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A text of your choice, best a UUID, that makes this request safe to repeat: for 24 hours the same key with the same body ' +
    'is answered as the first time, errors included, without anything being done again. Keys belong to the token (or person), ' +
    'workspace, path and query. Answers with 400, 401, 403, 413, 429 and 503, and all with `Retry-After`, are not kept: ' +
    'correct the request, or wait, and use the key again. A request that was cut off on our side frees its key after a minute.',
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    pattern: '^[\\x20-\\x7E]+$',
    example: '0191c8f4-6f0e-7b60-9a4e-2d1f4c8b7a30',
  },
};

const replayed = { 'Idempotency-Replayed': refTo('headers', 'Idempotency-Replayed') };

/** What the key may be refused with, and the shared answer where an operation has no other reason for that status. */
const refusals = {
  409: {
    component: 'KeyInProgress',
    meaning: 'Or a request with this `Idempotency-Key` is under way; `Retry-After` says when to ask again.',
    headers: { 'Retry-After': refTo('headers', 'Retry-After') },
  },
  422: { component: 'KeyReused', meaning: 'Or the `Idempotency-Key` was sent with another body before.', headers: {} },
};

// The agent console knows no 422.
const consoleRefusals = {
  409: {
    component: 'ConsoleKeyConflict',
    meaning:
      'Or the `Idempotency-Key` was sent with another body before, or a request with it is under way; then `Retry-After` says when to ask again.',
    headers: refusals[409].headers,
  },
};

/**
 * Publishes `Idempotency-Key` on every POST of known callers, and on every write of the agent console: the parameter, what it
 * may be refused with and the mark of a repetition.
 */
export function completeIdempotency({ method, path, operation }: PlacedOperation): void {
  const permission = operation['x-permission'] ?? 'public';
  const isConsole = isConsolePath(path);
  const methods = isConsole ? ['post', 'patch', 'delete'] : ['post'];
  if (!methods.includes(method) || permission === 'public' || permission === 'internal') return;
  operation.parameters = [...(operation.parameters ?? []), structuredClone(keyParameter)];
  for (const [status, { component, meaning, headers }] of Object.entries(isConsole ? consoleRefusals : refusals)) {
    const own = operation.responses[status];
    operation.responses[status] = own
      ? {
          ...own,
          description: `${own.description || statusMeanings[Number(status)]} ${meaning}`,
          headers: { ...own.headers, ...headers, ...replayed },
        }
      : refTo('responses', component);
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    if (Number(status) < 400) response.headers = { ...response.headers, ...replayed };
  }
}
