/** Why no tokens came, in words that may be shown, and whether it is worth trying again. */
export interface TokenFailure {
  /** `definitive`: the server said no and will say no again. `transient`: nothing is known of the tokens; try later. */
  kind: 'definitive' | 'transient';
  /** `invalid_grant` and its like, `http_503`, `timeout`, `unreachable`, `not_json`, `unreadable_answer`, `token_type`. */
  errorCode: string;
  /** How long the server asked us to wait; null when it did not. */
  retryAfterMs?: number | null;
  /** A sentence for people. Never holds a secret, an address or more than 200 characters of the server's own words. */
  reason: string;
  /** For logs. Never an error that carries a request or an answer of the token endpoint. */
  cause?: unknown;
}

/** Thrown when an exchange, a refresh or a revocation brought nothing. */
export class TokenRequestFailure extends Error {
  readonly kind: 'definitive' | 'transient';
  readonly errorCode: string;
  readonly retryAfterMs: number | null;
  readonly reason: string;

  constructor(failure: TokenFailure) {
    super(failure.reason, { cause: failure.cause });
    this.name = 'TokenRequestFailure';
    this.kind = failure.kind;
    this.errorCode = failure.errorCode;
    this.retryAfterMs = failure.retryAfterMs ?? null;
    this.reason = failure.reason;
  }
}
