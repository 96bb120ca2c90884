/**
 * Runs work in one database transaction. Repositories called inside find the transaction by async context, so that
 * services never pass a client around. Never make an HTTP call inside: it would hold a connection and locks.
 */
export abstract class Transactions {
  /** Commits what `work` did, or nothing of it when it throws. A call inside another joins the outer one. */
  abstract run<T>(work: () => Promise<T>): Promise<T>;
}
