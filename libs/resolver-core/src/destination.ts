import type { Transport } from './rows.types.js';

/**
 * Where a server's secrets go: scheme, host and port of its URL, or `stdio` for a program that the agent's own runtime
 * starts. Two servers with the same text send to the same place. A URL with a reference before its path has no fixed
 * origin; it is the same place only as long as it is written the same.
 */
export function destinationOf({ transport, endpoint }: { transport: Transport; endpoint: string | null }): string {
  if (transport === 'stdio') return 'stdio';
  const text = (endpoint ?? '').trim();
  const written = /^[^:/?#\\]*:?[/\\]*[^/?#\\]*/.exec(text)?.[0] ?? text;
  if (written.includes('{{') || !URL.canParse(text)) return written.toLowerCase();
  return new URL(text).origin;
}
