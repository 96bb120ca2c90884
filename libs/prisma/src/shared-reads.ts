import DataLoader from 'dataloader';

/** How reads are shared. */
export interface SharedReadOptions {
  /** Most keys in one statement. */
  maxBatch: number;
  /** Most statements under way at once; keys that arrive meanwhile gather for the next one. */
  maxInFlight: number;
}

/**
 * Makes one round trip serve all callers that arrive while the database is busy with the last one. Nothing is kept: a
 * key that is asked for after a statement began is answered by a later statement, so a caller always sees everything
 * that was committed before it asked.
 *
 * `read` answers one result per key, in the order of the keys.
 */
export function sharedReads<K, R>(
  read: (keys: readonly K[]) => Promise<(R | null)[]>,
  { maxBatch, maxInFlight }: SharedReadOptions,
): (key: K) => Promise<R | null> {
  const waiting: (() => void)[] = [];
  let inFlight = 0;
  const next = (): void => {
    const dispatch = inFlight < maxInFlight ? waiting.shift() : undefined;
    if (!dispatch) return;
    inFlight += 1;
    // Behind the poll phase: every request that the sockets have ready joins.
    setImmediate(dispatch);
  };
  const loader = new DataLoader<K, R | null>(
    async (keys) => {
      try {
        return await read(keys);
      } finally {
        inFlight -= 1;
        next();
      }
    },
    {
      cache: false,
      maxBatchSize: maxBatch,
      batchScheduleFn: (dispatch) => {
        waiting.push(dispatch);
        next();
      },
    },
  );
  return (key) => loader.load(key);
}
