import { formatCursor } from '../events/event-cursor-rules.js';
import type { StreamedEvent } from '../events/events.types.js';
import type { EventResponse } from './dto/event.response.js';

/** An event as it is answered. */
export function toEventResponse({ id, cursor, type, workspaceId, agentId, ...rest }: StreamedEvent): EventResponse {
  return {
    id,
    cursor: formatCursor(cursor),
    type,
    event_type: type,
    workspace_id: workspaceId,
    agent_id: agentId,
    payload: rest.payload,
    created_at: rest.createdAt.toISOString(),
  };
}
