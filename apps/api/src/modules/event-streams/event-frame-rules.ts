import { formatCursor } from '../events/event-cursor-rules.js';
import type { StreamedEvent } from '../events/events.types.js';

/** An event on an SSE stream: its id, and a `data` line of JSON. */
export function sseFrame({ cursor, type, createdAt, agentId, payload }: StreamedEvent): string {
  const data = { type, timestamp: createdAt.getTime(), data: payload, agent_id: agentId };
  return `id: ${formatCursor(cursor)}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** An event on a WebSocket. A decision is told beside its payload too, where agents look for it. */
export function socketFrame({ cursor, type, workspaceId, agentId, createdAt, payload }: StreamedEvent): string {
  return JSON.stringify({
    ...(type === 'APPROVAL_DECIDED' && payload),
    event: type,
    workspace_id: workspaceId,
    agent_id: agentId,
    timestamp: createdAt.toISOString(),
    payload,
    id: formatCursor(cursor),
  });
}
