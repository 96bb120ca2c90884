import { type ComposioOperation, composioErrors } from './composio.errors.js';
import type { ComposioPage } from './composio.types.js';
import { failureError, unreadableError } from './fault-errors.js';
import type { CursorPage } from './upstream-answers.schema.js';

const maxPages = 200;
const maxItems = 20_000;
const longestMs = 60_000;

/** What is collected. */
export interface ListWish<T> {
  operation: ComposioOperation;
  /** What tells two items apart: a list that changes while it is read shows some of them twice. */
  keyOf: (item: T) => string;
  /** Items after which reading stops; absent: the list is read to its end. */
  upTo?: number;
  /** Time for all pages together, 60 s unless told. */
  deadlineMs?: number;
}

/**
 * Reads a list page by page.
 * @throws AppError `composio.list_too_long` beyond 200 pages or 20,000 items, `composio.unreachable` when the pages take too
 * long together, and whatever reading one throws.
 */
export async function collect<T>(
  { operation, keyOf, upTo = Number.POSITIVE_INFINITY, deadlineMs = longestMs }: ListWish<T>,
  readPage: (cursor: string | undefined) => Promise<CursorPage<T>>,
): Promise<ComposioPage<T>> {
  const items = new Map<string, T>();
  let total: number | null = null;
  let cursor: string | undefined;
  const deadline = AbortSignal.timeout(deadlineMs);
  for (let pages = 1; ; pages += 1) {
    const page = await readPage(cursor);
    total ??= page.total;
    for (const item of page.items) items.set(keyOf(item), item);
    if (page.nextCursor === null || items.size >= upTo) break;
    if (page.nextCursor === cursor) throw unreadableError(operation, 'the list leads back to the same page');
    if (pages >= maxPages || items.size >= maxItems) throw tooLong(operation);
    if (deadline.aborted) throw failureError(operation, deadline.reason, true);
    cursor = page.nextCursor;
  }
  return { items: [...items.values()].slice(0, upTo), total: total ?? items.size };
}

function tooLong(operation: ComposioOperation) {
  const details = { fault: 'list_too_long', operation, status: null };
  return composioErrors.listTooLong({ params: { operation, pages: maxPages, items: maxItems }, details });
}

/** The items in which every word of a search occurs, whatever the case. */
export function matching<T extends { slug: string; name: string; description: string }>(
  items: readonly T[],
  search: string,
): T[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const text = `${item.slug} ${item.name} ${item.description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
