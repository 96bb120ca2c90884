import type { CallerScope, WorkspaceScope } from '#kernel';

/** The instance administrator inside a workspace of a bundle: as its owner. */
export function ownerScope({ actor, origin }: CallerScope, workspaceId: string): WorkspaceScope {
  return { actor, origin, instanceAdmin: true, workspaceId, role: 'OWNER', capabilities: [], revision: 0n };
}
