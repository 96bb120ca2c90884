import { AppError, type JsonObject } from '#kernel';
import type { ProviderKey } from './oauth.types.js';
import { quirksOf } from './providers.js';
import { TokenRequestFailure } from './token-request-failure.js';
import { cleanWords, errorCodeOf } from './upstream-words.js';

/** Refusals that repeating the request does not change (RFC 6749, 5.2; RFC 8707, 2). */
const definitive: ReadonlySet<string> = new Set([
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_token_type',
  'invalid_scope',
  'invalid_target',
  'access_denied',
]);

const longestWaitMs = 24 * 60 * 60 * 1000;

/** The failure of a request that got no whole answer: the connection, the deadline, the size, the egress policy. */
export function failureOfTransport(error: unknown): TokenRequestFailure {
  const code = error instanceof AppError ? error.code : null;
  const timedOut = code === 'egress.deadline_exceeded' || (error instanceof Error && error.name === 'TimeoutError');
  if (timedOut) return transient('timeout', 'The authorization server did not answer in time', { cause: error });
  switch (code) {
    case 'egress.url_not_allowed':
      return transient('address_not_allowed', 'The address of the token endpoint is not allowed', { cause: error });
    case 'egress.response_too_large':
      return transient('unreadable_answer', 'The answer of the authorization server is too large', { cause: error });
    default:
      return transient('unreachable', 'The authorization server could not be reached', { cause: error });
  }
}

/** The failure of an answer that is no JSON object. */
export function failureOfUnreadable(response: Response, now: Date): TokenRequestFailure {
  if (!response.ok) return failureOfStatus(response, now);
  return transient('not_json', 'The authorization server did not answer with JSON');
}

/** The failure that a JSON answer states, or null for one that states none. A status of 200 is no sign of success. */
export function failureOfAnswer(
  response: Response,
  body: JsonObject,
  context: { provider: ProviderKey | null; secrets: readonly string[]; now: Date },
): TokenRequestFailure | null {
  const { successMember, errorAliases = {} } = quirksOf(context.provider);
  if (response.status === 429 || response.status >= 500) return failureOfStatus(response, context.now);
  const own = errorCodeOf(body.error);
  const failed = body.error !== undefined && body.error !== null && body.access_token === undefined;
  const denied = successMember !== undefined && body[successMember] === false;
  if (!failed && !denied) return response.ok ? null : failureOfStatus(response, context.now);
  if (own === null)
    return response.ok ? transient('unknown_error', refusal(null, null)) : failureOfStatus(response, context.now);
  const code = Object.hasOwn(errorAliases, own) ? (errorAliases[own] ?? own) : own;
  const kind = definitive.has(code) ? 'definitive' : 'transient';
  const reason = refusal(own, cleanWords(body.error_description, context.secrets));
  return new TokenRequestFailure({ kind, errorCode: code, reason, retryAfterMs: retryAfterOf(response, context.now) });
}

function failureOfStatus(response: Response, now: Date): TokenRequestFailure {
  const reason = `The authorization server answered with status ${response.status}`;
  return transient(`http_${response.status}`, reason, { retryAfterMs: retryAfterOf(response, now) });
}

function refusal(code: string | null, words: string | null): string {
  return `The authorization server refused${code ? ` (${code})` : ''}${words ? `: ${words}` : ''}`;
}

function transient(
  errorCode: string,
  reason: string,
  more: { cause?: unknown; retryAfterMs?: number | null } = {},
): TokenRequestFailure {
  return new TokenRequestFailure({ kind: 'transient', errorCode, reason, ...more });
}

/** The wait that `Retry-After` asks for (RFC 9110, 10.2.3), at most a day; null without one. */
function retryAfterOf(response: Response, now: Date): number | null {
  const header = response.headers.get('retry-after')?.trim();
  if (!header) return null;
  const waitMs = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(waitMs, 0), longestWaitMs);
}
