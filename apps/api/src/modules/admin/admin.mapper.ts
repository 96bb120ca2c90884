import type { AdministeredUser, AdministeredWorkspace, WorkspaceStats } from './admin.types.js';
import type { AdminUserResponse } from './dto/admin-user.response.js';
import type { AdminWorkspaceResponse } from './dto/admin-workspace.response.js';

/** A person of the workspace as the owner sees them. */
export function toAdminUserResponse(row: AdministeredUser): AdminUserResponse {
  return {
    id: row.id,
    email: row.email,
    full_name: row.fullName,
    avatar_url: row.avatarUrl,
    created_at: row.createdAt.toISOString(),
    workspace: row.workspace,
    role: row.role,
  };
}

/** The workspace with its numbers. */
export function toAdminWorkspaceResponse(row: AdministeredWorkspace, stats: WorkspaceStats): AdminWorkspaceResponse {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    _count_members: stats.users,
    _count_agents: stats.agents,
    _count_crews: stats.crews,
  };
}
