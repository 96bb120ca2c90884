/** What a transaction may say of itself. */
export interface TransactionOptions {
  /** After how long it is given up, in milliseconds; 15,000 unless told. */
  longestMs?: number;
}

/**
 * Runs work in one database transaction. Repositories called inside find the transaction by async context, so that
 * services never pass a client around. Never make an HTTP call inside: it would hold a connection and locks.
 */
export abstract class Transactions {
  /**
   * Commits what `work` did, or nothing of it when it throws. A call inside another joins the outer one, with its limit.
   * `longestMs` is for imports of whole trees, which take longer than the 15 seconds that requests may.
   */
  abstract run<T>(work: () => Promise<T>, options?: TransactionOptions): Promise<T>;
}
