import pg from 'pg';

/**
 * Counts the statements that this process sends to PostgreSQL while `work` runs: what the wire sees, whatever library
 * sent it. Nothing else may use the database meanwhile.
 */
export async function countQueries<T>(work: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: Parameters<typeof original>) {
    statements.push(textOf(args[0]));
    return original.apply(this, args);
  } as typeof original;
  try {
    return { result: await work(), statements };
  } finally {
    pg.Client.prototype.query = original;
  }
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : 'unknown';
}
