import { roleMay } from '#access';
import type { WorkspaceScope } from '#kernel';

/** Whose eyes credentials are read with: from MANAGER on all are visible, below only the workspace's and those of own crews. */
export type CredentialViewer = { all: true } | { all: false; userId: string | null };

/** The viewer that a scope's caller is. */
export function viewerOf(scope: WorkspaceScope): CredentialViewer {
  return roleMay(scope.role, 'update') ? { all: true } : { all: false, userId: scope.actor.userId };
}
