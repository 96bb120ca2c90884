/** What a transaction may take beyond the usual. */
export interface TransactionLimits {
  /** Milliseconds after which it is rolled back; 15,000 unless told. The outermost call decides. */
  timeoutMs?: number;
}

/**
 * Runs work in one database transaction. Repositories called inside find the transaction by async context, so that
 * services never pass a client around. Never make an HTTP call inside: it would hold a connection and locks.
 */
export abstract class Transactions {
  /** Commits what `work` did, or nothing of it when it throws. A call inside another joins the outer one. */
  abstract run<T>(work: () => Promise<T>, limits?: TransactionLimits): Promise<T>;
}
