/** One call that carries an `Idempotency-Key`, as it is looked up. */
export interface IdempotentCall {
  /** Workspace of the call, or `@instance` outside any. */
  workspaceId: string;
  /** SHA-256 (hex) of who calls what with which key. Equal for repetitions only. */
  scopeHash: string;
  /** HMAC-SHA256 (hex) of media type and body under the key. Tells another body from the same one. */
  fingerprint: string;
  /** Status that another body under the same key is refused with. */
  refusalOfReuse: 409 | 422;
}

/** The right to carry out a call, until it is answered or the claim ends. */
export interface Claim {
  /** Id of the row. Whoever takes an ended claim over gives it a new one. */
  id: string;
  workspaceId: string;
}

/** An answer as it was sent. */
export interface RecordedAnswer {
  status: number;
  /** Headers that belong to this answer: media type, `Location`, cookies, not those of every answer. */
  headers: Readonly<Record<string, string | string[]>>;
  body: Buffer;
}

/** What a call meets: it is the first, or it has an answer already. */
export type Begun = { kind: 'claimed'; claim: Claim } | { kind: 'recorded'; answer: RecordedAnswer };
