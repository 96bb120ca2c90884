/** How a transaction differs from the usual. The outermost call decides. */
export interface TransactionOptions {
  /** Milliseconds after which it is rolled back; 15,000 unless told. */
  timeoutMs?: number;
  /**
   * It does not queue for a connection behind requests and jobs: one is kept for such work. For what keeps the time, and
   * little else.
   */
  punctual?: boolean;
}

/**
 * Runs work in one database transaction. Repositories called inside find the transaction by async context, so that
 * services never pass a client around. Never make an HTTP call inside: it would hold a connection and locks.
 */
export abstract class Transactions {
  /** Commits what `work` did, or nothing of it when it throws. A call inside another joins the outer one. */
  abstract run<T>(work: () => Promise<T>, options?: TransactionOptions): Promise<T>;
}
