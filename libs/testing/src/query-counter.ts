import pg from 'pg';

/**
 * What the product sends behind its answers, for many callers at once: when a token, a session or a credential was last used,
 * and notices of events. It falls into whatever runs then, and belongs to none of it.
 */
const behindTheAnswers = /\bUPDATE\b[^;]*?\bSET\s+"?last_used_at"?\s*=|^SELECT pg_notify\(/i;

/**
 * Counts the statements that this process sends to PostgreSQL while `work` runs: what the wire sees, whatever library
 * sent it, but for notes of last use and notices. Nothing else may use the database meanwhile.
 */
export async function countQueries<T>(work: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: Parameters<typeof original>) {
    const text = textOf(args[0]);
    if (!behindTheAnswers.test(text)) statements.push(text);
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
