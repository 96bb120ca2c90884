import type { McpServer, McpServerScope } from '#composio';
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

/** The names, those first under which we noted a server that needs no change: it was chosen before over the others. */
export function readyFirst(
  names: readonly string[],
  noted: readonly Pick<UpstreamServer, 'name' | 'toolkit' | 'wantedTools' | 'authConfigIds'>[],
  wish: ServerWish,
): string[] {
  const ready = noted.filter((row) => isSameWish(row, wish) && isSameSet(row.authConfigIds, wish.authConfigIds));
  const first = names.filter((name) => ready.some((row) => row.name === name));
  return [...new Set([...first, ...names])];
}

/**
 * Whether a server that was found serves what it should: by what Composio says, else by what we noted. Neither may be there
 * to tell.
 */
export function matchOf(
  found: Pick<McpServer, 'authConfigIds' | 'allowedTools'>,
  noted: McpServerScope | null,
  scope: McpServerScope,
): 'same' | 'different' | 'unknown' {
  const pairs = [
    [found.authConfigIds ?? noted?.authConfigIds, scope.authConfigIds],
    [found.allowedTools ?? noted?.allowedTools, scope.allowedTools],
  ] as const;
  if (pairs.some(([actual, wanted]) => actual !== undefined && !isSameSet(actual, wanted))) return 'different';
  return pairs.some(([actual]) => actual === undefined) ? 'unknown' : 'same';
}
