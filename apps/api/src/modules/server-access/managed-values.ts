import type { Secret, WorkspaceScope } from '#kernel';

/**
 * Values of credentials that stand for something kept elsewhere (`credentials.managed_by`) and hold none themselves. They
 * are asked for at every use, so that what changes there counts at once.
 */
export abstract class ManagedValues {
  /** The value that counts now of what the feature keeps for the workspace; null when there is none. */
  abstract find(scope: Pick<WorkspaceScope, 'workspaceId'>, managedBy: string): Promise<Secret | null>;
}
