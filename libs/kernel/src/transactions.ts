/**
 * Runs work in one database transaction. Repositories called inside find the transaction by async context, so that
 * services never pass a client around. Never make an HTTP call inside: it would hold a connection and locks.
 */
export abstract class Transactions {
  /**
   * Commits what `work` did, or nothing of it when it throws. A call inside another joins the outer one. `punctual` work
   * does not queue for a connection behind requests and jobs: one is kept for it. For what keeps the time, and little else.
   */
  abstract run<T>(work: () => Promise<T>, options?: { punctual?: boolean }): Promise<T>;
}
