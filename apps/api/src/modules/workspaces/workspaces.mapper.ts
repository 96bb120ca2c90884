import type { WorkspaceResponse } from './dto/workspace.response.js';
import type { SeenWorkspace, Workspace } from './workspaces.types.js';

/** A stored workspace as changes answer it. */
export function toWorkspaceResponse(row: Workspace): WorkspaceResponse {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    logo_url: row.logoUrl,
    preferred_language: row.preferredLanguage,
    allow_privileged_credentials: row.allowPrivilegedCredentials,
    run_retention_days: row.runRetentionDays,
    credential_audit_retention_days: row.credentialAuditRetentionDays,
    audit_log_retention_days: row.auditLogRetentionDays,
    integration_limit: row.integrationLimit,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** A workspace as reads answer it: with the caller's role and the counts. */
export function toSeenWorkspaceResponse({ workspace, membership, counts }: SeenWorkspace): WorkspaceResponse {
  return {
    ...toWorkspaceResponse(workspace),
    ...(membership && {
      currentUserRole: membership.role,
      currentUserCapabilities: [...membership.capabilities],
    }),
    _count: { ...counts },
    ...(counts.crews > 0 && { _count_crews: counts.crews }),
    ...(counts.agents > 0 && { _count_agents: counts.agents }),
    ...(counts.members > 0 && { _count_members: counts.members }),
  };
}

/** A new workspace before anything is said of it. */
export function blankWorkspace(base: Pick<Workspace, 'id' | 'name' | 'slug'>, now: Date): Workspace {
  return {
    ...base,
    logoUrl: null,
    preferredLanguage: null,
    allowPrivilegedCredentials: false,
    runRetentionDays: null,
    credentialAuditRetentionDays: null,
    auditLogRetentionDays: null,
    integrationLimit: null,
    createdAt: now,
    updatedAt: now,
  };
}
