import type { WorkspaceRole } from '#kernel';

/** How much a workspace holds. */
export interface WorkspaceStats {
  users: number;
  crews: number;
  agents: number;
  /** Agents at work. */
  running: number;
}

/** The workspace itself. */
export interface AdministeredWorkspace {
  id: string;
  name: string;
  slug: string;
  createdAt: Date;
  updatedAt: Date;
}

/** A person of the workspace. */
export interface AdministeredUser {
  id: string;
  email: string;
  fullName: string | null;
  avatarUrl: string | null;
  createdAt: Date;
  role: WorkspaceRole;
  workspace: { id: string; name: string; slug: string };
}
