import { AppError } from '#kernel';
import { TokenRequestFailure } from '#oauth';

/** What a failed renewal says of itself in `last_error_class`. */
export type RefreshErrorClass =
  | 'definitive'
  | 'timeout'
  | 'http_5xx'
  | 'http_4xx'
  | 'rate_limited'
  | 'dns'
  | 'tls'
  | 'unreachable'
  | 'malformed'
  | 'internal';

/** A failed renewal, judged. */
export interface RefreshFailure {
  errorClass: RefreshErrorClass;
  /** The protocol's or our own code, such as `invalid_grant`. */
  errorCode: string;
  /** A sentence for people, without secrets. */
  reason: string;
  retryAfterMs: number | null;
}

/**
 * Judges why a renewal failed. Only a refusal by the authorization server is definitive; whatever else goes wrong, ours
 * included, says nothing about the tokens.
 */
export function judgeRefreshFailure(error: unknown): RefreshFailure {
  if (!(error instanceof TokenRequestFailure)) {
    const errorCode = error instanceof AppError ? error.code : 'internal';
    const reason = 'The token could not be renewed because of a fault on our side; it is tried again';
    return { errorClass: 'internal', errorCode, reason, retryAfterMs: null };
  }
  const { kind, errorCode, reason, retryAfterMs } = error;
  const errorClass = kind === 'definitive' ? 'definitive' : transientClass(errorCode, error.cause);
  return { errorClass, errorCode, reason, retryAfterMs };
}

const byCode: Readonly<Record<string, RefreshErrorClass>> = {
  timeout: 'timeout',
  http_408: 'timeout',
  http_429: 'rate_limited',
  slow_down: 'rate_limited',
  server_error: 'http_5xx',
  temporarily_unavailable: 'http_5xx',
  unreachable: 'unreachable',
  address_not_allowed: 'unreachable',
};

function transientClass(errorCode: string, cause: unknown): RefreshErrorClass {
  const failure = failureOfConnection(cause);
  if (failure === 'dns' || failure === 'tls') return failure;
  const known = byCode[errorCode];
  if (known) return known;
  if (errorCode.startsWith('http_5')) return 'http_5xx';
  return errorCode.startsWith('http_4') ? 'http_4xx' : 'malformed';
}

// The egress library knows why no answer came, and keeps it in the details of its error.
function failureOfConnection(cause: unknown): unknown {
  return cause instanceof AppError ? cause.details.failure : undefined;
}
