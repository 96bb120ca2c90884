import type { ListedTool } from '#mcp-client';

/** A recorded tool, as far as a listing may change it. */
export interface RecordedTool {
  id: string;
  toolName: string;
  title: string | null;
  description: string | null;
  schemaHash: string | null;
  enabled: boolean;
  missingSince: Date | null;
  restoreWhenListed: boolean;
}

/** What a listing means for the recorded tools. */
export interface ToolSync {
  created: ListedTool[];
  /** Recorded tools that changed or came back, with what they are to be. */
  updated: { id: string; tool: ListedTool; enabled: boolean }[];
  /** Recorded tools that are no longer listed, and were until now. */
  missing: { id: string }[];
}

/**
 * Compares a listing with what is recorded. Switches stay as people set them; a tool that goes missing is off until it is
 * listed again, and then as it was.
 */
export function compareTools(recorded: readonly RecordedTool[], listed: readonly ListedTool[]): ToolSync {
  const known = new Map(recorded.map((row) => [row.toolName, row]));
  const names = new Set(listed.map((tool) => tool.name));
  return {
    created: listed.filter((tool) => !known.has(tool.name)),
    updated: listed.flatMap((tool) => {
      const row = known.get(tool.name);
      if (!row || (row.missingSince === null && isSame(row, tool))) return [];
      return [{ id: row.id, tool, enabled: row.missingSince === null ? row.enabled : row.restoreWhenListed }];
    }),
    missing: recorded.filter((row) => !names.has(row.toolName) && row.missingSince === null).map(({ id }) => ({ id })),
  };
}

function isSame(row: RecordedTool, tool: ListedTool): boolean {
  return row.title === tool.title && row.description === tool.description && row.schemaHash === tool.schemaHash;
}
