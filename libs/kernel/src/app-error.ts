/** What went wrong, independent of any transport. Each kind has exactly one HTTP status, see {@link statusOfKind}. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'gone'
  | 'precondition_failed'
  | 'too_large'
  | 'unprocessable'
  | 'rate_limited'
  | 'internal'
  | 'upstream'
  | 'unavailable'
  | 'timeout';

const statuses = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  upstream: 502,
  unavailable: 503,
  timeout: 504,
} as const satisfies Record<ErrorKind, number>;

/** The HTTP status (RFC 9110) that a kind of error is answered with. */
export function statusOfKind(kind: ErrorKind): number {
  return statuses[kind];
}

/** One fault in one member of a request body or query, as listed in `errors[]` of a problem document. */
export interface FieldError {
  /** Path of the member, dots between levels: `headers.Authorization`, `tools.0.name`. */
  field: string;
  /** Stable reason in snake case: `required`, `too_long`, `wrong_type`. */
  code: string;
  /** A sentence that says what to do. Never repeats the value that was sent. */
  message: string;
}

/** What an {@link AppError} may carry beside its code and sentence. */
export interface AppErrorOptions {
  /** What really happened. Goes to the log through the redactor, never into an answer. */
  cause?: unknown;
  /** Facts for the log (ids, counts). Never secrets, never answered. */
  details?: Record<string, unknown>;
  /** Faults by field, answered as `errors[]`. */
  fields?: readonly FieldError[];
  /** Response headers that belong to the error, such as `Retry-After` or `WWW-Authenticate`. */
  headers?: Readonly<Record<string, string>>;
  /** Further public members of the problem document. */
  extensions?: Readonly<Record<string, unknown>>;
}

/** The one error of the house: a stable code, a kind and a sentence that a caller may read. */
export class AppError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: Record<string, unknown>;
  readonly fields: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(code: string, kind: ErrorKind, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.kind = kind;
    this.details = options.details ?? {};
    this.fields = options.fields ?? [];
    this.headers = options.headers ?? {};
    this.extensions = options.extensions ?? {};
  }

  /** The HTTP status of this error's kind. */
  get status(): number {
    return statusOfKind(this.kind);
  }
}
