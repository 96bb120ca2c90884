import type { ServerWish, UpstreamServer } from './composio-bindings.types.js';

/** Tools in the order in which they are noted. */
export function sortedTools(tools: readonly string[]): string[] {
  return [...new Set(tools)].sort();
}

/** Whether a server was made for this very app and choice of tools. */
export function isSameWish(row: Pick<UpstreamServer, 'toolkit' | 'wantedTools'>, wish: ServerWish): boolean {
  return row.toolkit === wish.toolkit && isSameSet(row.wantedTools, wish.tools);
}

/** Whether both hold the same words, in whatever order. */
export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const one = new Set(a);
  const other = new Set(b);
  return one.size === other.size && [...one].every((word) => other.has(word));
}
