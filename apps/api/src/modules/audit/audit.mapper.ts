import type { AuditRow } from './audit.types.js';
import type { AuditEntryResponse } from './dto/audit.response.js';

/** A row of the log as it is answered. */
export function toAuditEntryResponse(row: AuditRow): AuditEntryResponse {
  return {
    id: row.id,
    workspace_id: row.workspaceId,
    user_id: row.userId,
    actor_type: row.actorType,
    action: row.action,
    entity_type: row.entityType,
    entity_id: row.entityId,
    metadata: row.metadata === null ? null : JSON.stringify(row.metadata),
    ip_address: row.ipAddress,
    user_agent: row.userAgent,
    request_id: row.requestId,
    created_at: row.createdAt.toISOString(),
    ...(row.userEmail !== null && { user_email: row.userEmail }),
    ...(row.userName !== null && { user_name: row.userName }),
    ...(row.entityName !== null && { entity_name: row.entityName }),
  };
}
