import type { Candidate } from './candidates.js';
import { compareText } from './order.js';
import type { DecidingRow } from './resolution.types.js';
import { type RowIndex, serverKey } from './row-index.js';
import type { ToolRow } from './rows.types.js';

/** A tool that is known and kept from the agent. */
export interface WithheldTool {
  name: string;
  /** The widest server row on which the tool is switched off. */
  decidedBy: DecidingRow;
}

/** The tools of an effective server, both lists sorted by name. */
export interface SettledTools {
  /** Null when no tool of the server is recorded. */
  offered: string[] | null;
  withheld: WithheldTool[];
}

/** Intersects what the rows allow: a tool is offered when some row knows it and none switches it off. */
export function settleTools({ workspace, crew }: Candidate, index: RowIndex): SettledTools {
  const known = [
    ...((workspace && index.tools.get(serverKey('workspace', workspace.id))) ?? []),
    ...((crew && index.tools.get(serverKey('crew', crew.id))) ?? []),
  ];
  if (known.length === 0) return { offered: null, withheld: [] };
  const barredBy = new Map<string, ToolRow | null>();
  for (const tool of known) barredBy.set(tool.name, barredBy.get(tool.name) ?? (tool.enabled ? null : tool));
  const offered: string[] = [];
  const withheld: WithheldTool[] = [];
  for (const [name, bar] of barredBy) {
    if (bar === null) offered.push(name);
    else withheld.push({ name, decidedBy: { level: bar.scope, rowId: bar.serverId } });
  }
  return { offered: offered.sort(compareText), withheld: withheld.sort((a, b) => compareText(a.name, b.name)) };
}
