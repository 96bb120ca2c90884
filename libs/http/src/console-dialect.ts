import { STATUS_CODES } from 'node:http';
import { type AppError, type ErrorKind, type FieldError, unreachable } from '#kernel';

/** Codes that errors of the agent console carry (seed 002). */
export const consoleCodes = [
  'validation_error',
  'bad_request',
  'unauthorized',
  'api_key_missing',
  'api_key_invalid',
  'api_key_expired',
  'insufficient_scope',
  'forbidden',
  'not_found',
  'conflict',
  'rate_limited',
  'workflow_required',
  'integration_limit_reached',
  'integration_connection_failed',
  'internal_error',
] as const;

/** One of {@link consoleCodes}. */
export type ConsoleCode = (typeof consoleCodes)[number];

/** The body of every error under `/api/v1/console`. */
export interface ConsoleError {
  /** A sentence; for `validation_error` one entry a fault, each `path: text`. */
  message: string | string[];
  /** The status in words. */
  error: string;
  code: ConsoleCode;
  statusCode: number;
  /** A UUID, also in `X-Request-Id`. */
  request_id: string;
}

/**
 * Whether a path belongs to the agent console, which speaks another product's envelope. By path and not by controller, so
 * that unknown routes and unreadable bodies there speak it too; without regard to case, as routes are matched.
 */
export function isConsolePath(path: string): boolean {
  return /^\/api\/v1\/console(\/|$)/i.test(path);
}

/** The error in the console's envelope. */
export function consoleErrorOf(error: AppError, requestId: string): ConsoleError {
  return {
    message: error.fields.length > 0 ? error.fields.map(faultText) : error.message,
    error: STATUS_CODES[error.status] ?? 'Error',
    code: consoleCodeOf(error),
    statusCode: error.status,
    request_id: requestId,
  };
}

/** The console's code: the error's own reason where the console knows it, else the word for its kind. */
export function consoleCodeOf({ code, kind, fields }: AppError): ConsoleCode {
  const reason = code.slice(code.indexOf('.') + 1);
  return consoleCodes.find((known) => known === reason) ?? codeOfKind(kind, fields.length > 0);
}

function codeOfKind(kind: ErrorKind, hasFields: boolean): ConsoleCode {
  switch (kind) {
    case 'invalid':
    case 'unprocessable':
      return hasFields ? 'validation_error' : 'bad_request';
    case 'method_not_allowed':
    case 'precondition_failed':
    case 'too_large':
      return 'bad_request';
    case 'unauthenticated':
      return 'unauthorized';
    case 'forbidden':
      return 'forbidden';
    case 'not_found':
    case 'gone':
      return 'not_found';
    case 'conflict':
      return 'conflict';
    case 'rate_limited':
      return 'rate_limited';
    case 'internal':
    case 'upstream':
    case 'unavailable':
    case 'timeout':
      return 'internal_error';
    default:
      return unreachable(kind);
  }
}

// Clients split at the first colon. Our sentences begin with the member's own name, which the path says already.
function faultText({ field, message }: FieldError): string {
  const name = field.split('.').at(-1) ?? field;
  const named = [field, name].find((each) => message.startsWith(`${each} `));
  return `${field}: ${named === undefined ? message : message.slice(named.length + 1)}`;
}
