import type { Permission } from './permissions.js';

/** Who may call an operation. Every route states one; a route without one keeps the application from starting. */
export type Audience =
  /** Anybody, for the stated reason. */
  | { kind: 'public'; reason: string }
  /** Any signed-in caller, without a workspace. */
  | { kind: 'signed_in' }
  /** A member of the named workspace whose role has the permission. */
  | { kind: 'workspace'; permission: Permission }
  /** A member of the workspace when one is named, else any signed-in caller. */
  | { kind: 'workspace_optional'; permission: Permission }
  /** The instance administrator. */
  | { kind: 'instance_admin' }
  /** The agents' runtime, by its internal token. */
  | { kind: 'internal' };

/** Metadata key of {@link Audience}. */
export const audienceKey = 'crewship:audience';
