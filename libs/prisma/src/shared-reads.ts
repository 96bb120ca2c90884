import DataLoader from 'dataloader';

/** How reads are shared. */
export interface SharedReadOptions<K> {
  /** Text that is the same for keys that mean the same: callers of one moment who ask the same are answered by one row. */
  identity: (key: K) => string;
  /** Most keys in one statement. */
  maxBatch: number;
  /** Most statements under way at once; keys that arrive meanwhile gather for the next one. */
  maxInFlight: number;
}

// After a statement that served several callers, the next one waits this long for as many again. Callers that were just
// answered come back within it; without it every second statement would serve one or two.
const gatherMs = 0.25;

/**
 * Makes one round trip serve all callers that arrive while the database is busy with the last one. Nothing is kept: a
 * key that is asked for after a statement began is answered by a later statement, so a caller always sees everything
 * that was committed before it asked. A caller on its own never waits for others.
 *
 * `read` answers one result per key, in the order of the keys.
 */
export function sharedReads<K, R>(
  read: (keys: readonly K[]) => Promise<(R | null)[]>,
  { identity, maxBatch, maxInFlight }: SharedReadOptions<K>,
): (key: K) => Promise<R | null> {
  const statements: (() => void)[] = [];
  let inFlight = 0;
  let waiting = 0;
  let lastServed = 1;

  const start = (): void => {
    const dispatch = statements.shift();
    if (dispatch) dispatch();
    else inFlight -= 1;
  };
  const gather = (since: number): void => {
    if (waiting >= lastServed || performance.now() - since > gatherMs) start();
    else setImmediate(gather, since);
  };
  const next = (): void => {
    if (inFlight >= maxInFlight || statements.length === 0) return;
    inFlight += 1;
    // Behind the poll phase: every request that the sockets have ready joins.
    setImmediate(gather, performance.now());
  };

  const loader = new DataLoader<K, R | null>(
    async (keys) => {
      lastServed = keys.length;
      waiting -= keys.length;
      try {
        return await readOnce(keys, identity, read);
      } finally {
        inFlight -= 1;
        next();
      }
    },
    {
      cache: false,
      maxBatchSize: maxBatch,
      batchScheduleFn: (dispatch) => {
        statements.push(dispatch);
        next();
      },
    },
  );
  return (key) => {
    waiting += 1;
    return loader.load(key);
  };
}

async function readOnce<K, R>(
  keys: readonly K[],
  identity: (key: K) => string,
  read: (keys: readonly K[]) => Promise<(R | null)[]>,
): Promise<(R | null)[]> {
  const places = new Map<string, number>();
  const distinct: K[] = [];
  const placeOfKey = keys.map((key) => {
    const text = identity(key);
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, distinct.length);
    return distinct.push(key) - 1;
  });
  const results = await read(distinct);
  return placeOfKey.map((place) => results[place] ?? null);
}
