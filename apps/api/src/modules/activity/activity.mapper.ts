import type { ActivityEntry } from './activity.types.js';
import type { ActivityEntryResponse } from './dto/activity-entry.response.js';

/** An entry of the feed as it is answered. */
export function toActivityEntryResponse(row: ActivityEntry): ActivityEntryResponse {
  return {
    id: row.id,
    type: row.type,
    status: row.status,
    summary: row.summary,
    detail: row.detail,
    from_name: row.fromName,
    from_slug: row.fromSlug,
    to_name: row.toName,
    to_slug: row.toSlug,
    crew_name: row.crewName,
    crew_slug: row.crewSlug,
    crew_color: row.crewColor,
    created_at: row.createdAt.toISOString(),
  };
}
