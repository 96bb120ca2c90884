import type { Client } from '@modelcontextprotocol/client';
import { z } from 'zod';
import type { ListedTool } from './probe.types.js';
import { schemaHash } from './schema-hash.js';
import type { UpstreamText } from './upstream-text.js';

/** Why a list of tools was given up. The message is for people. */
export class ToolListError extends Error {}

/** A list of tools and how many entries were left out of it. */
export interface ToolList {
  tools: ListedTool[];
  rejected: number;
}

const maxPages = 50;
const maxTools = 2_000;
const maxNameLength = 128;
const maxDescriptionLength = 1_000;

const page = z.object({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });
const text = z.string().nullish().catch(null);
const tool = z.object({
  name: z.string(),
  description: text,
  title: text,
  annotations: z.object({ title: text }).nullish().catch(null),
  inputSchema: z.unknown().optional(),
});

/**
 * All tools of a connected server, page by page. Schemas are hashed and not looked at, so that no reference in one
 * is followed.
 * @throws ToolListError when the list repeats a cursor or passes 50 pages or 2,000 tools.
 */
export async function listTools(client: Client, words: UpstreamText, timeoutMs: number): Promise<ToolList> {
  const listed = new Map<string, ListedTool>();
  const cursors = new Set<string>();
  let seen = 0;
  let cursor: string | undefined;
  if (!client.getServerCapabilities()?.tools) return { tools: [], rejected: 0 };
  for (let turn = 0; turn < maxPages; turn++) {
    const params = cursor === undefined ? {} : { cursor };
    const answer = await client.request({ method: 'tools/list', params }, page, { timeout: timeoutMs });
    seen += answer.tools.length;
    if (seen > maxTools) throw new ToolListError(`Connected, but the server lists more than ${maxTools} tools`);
    for (const entry of answer.tools) {
      const parsed = parseTool(entry, words);
      if (parsed && !listed.has(parsed.name)) listed.set(parsed.name, parsed);
    }
    cursor = answer.nextCursor;
    if (cursor === undefined) return { tools: [...listed.values()], rejected: seen - listed.size };
    if (cursors.has(cursor)) throw new ToolListError('Connected, but the pages of the tool list go round in a circle');
    cursors.add(cursor);
  }
  throw new ToolListError(`Connected, but the tool list has more than ${maxPages} pages`);
}

function parseTool(entry: unknown, words: UpstreamText): ListedTool | null {
  const { data } = tool.safeParse(entry);
  // A name that does not survive cleaning has characters that nobody sees, or echoes what was sent.
  if (!data || data.name === '' || words.line(data.name, maxNameLength) !== data.name) return null;
  const description = data.description ? words.lines(data.description, maxDescriptionLength) : null;
  const title = words.line(data.title ?? data.annotations?.title ?? '') || null;
  return { name: data.name, description, title, schemaHash: schemaHash(data.inputSchema) };
}
