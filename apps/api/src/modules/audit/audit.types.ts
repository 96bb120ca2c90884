import type { AuditSource } from './audit-source.js';

/** What rows are wanted; undefined members do not narrow. */
export interface AuditFilter {
  action?: string;
  entityType?: string;
  entityId?: string;
  userId?: string;
  /** From here on, inclusive. */
  from?: Date;
  /** Up to here, inclusive. */
  to?: Date;
  /** Part of the action, the entity's type, or the person's email or name; in any case. */
  search?: string;
  source?: AuditSource;
}

/** One row of the log with the person's name. */
export interface AuditRow {
  id: string;
  workspaceId: string;
  userId: string | null;
  actorType: string;
  action: string;
  entityType: string;
  entityId: string | null;
  entityName: string | null;
  metadata: unknown;
  ipAddress: string | null;
  userAgent: string | null;
  requestId: string | null;
  createdAt: Date;
  userEmail: string | null;
  userName: string | null;
}
