import type { WorkspaceRole } from '#kernel';

/** A tenant as it is stored. */
export interface Workspace {
  id: string;
  name: string;
  slug: string;
  logoUrl: string | null;
  preferredLanguage: string | null;
  allowPrivilegedCredentials: boolean;
  runRetentionDays: number | null;
  credentialAuditRetentionDays: number | null;
  auditLogRetentionDays: number | null;
  integrationLimit: number | null;
  createdAt: Date;
  updatedAt: Date;
}

/** How much a workspace holds; only what is live counts. */
export interface WorkspaceCounts {
  crews: number;
  agents: number;
  members: number;
}

/** What the caller has in a workspace. */
export interface OwnMembership {
  role: WorkspaceRole;
  capabilities: readonly string[];
}

/** A workspace as its member sees it; the membership is null for the instance administrator. */
export interface SeenWorkspace {
  workspace: Workspace;
  membership: OwnMembership | null;
  counts: WorkspaceCounts;
}

/** What a change writes; members that are undefined stay. */
export type WorkspaceChange = Partial<Omit<Workspace, 'id' | 'createdAt' | 'updatedAt'>>;
