import type { Permission, TeamKeyScope, WorkspaceTokenScope } from './permissions.js';

/** What opens an operation to members whose role lacks its permission. */
export interface Opening {
  /** A capability of the member that is enough in the role's place, such as `credential.create`. */
  orCapability?: string;
  /** A role inside a crew may raise the member's own; the service decides as soon as it knows the crew. */
  orCrewRole?: true;
  /** The instance administrator may do it too, as an owner would, member or not. */
  orInstanceAdmin?: true;
  /**
   * A bearer token of the workspace in the path may do it too, within its scopes, and so may the instance administrator
   * (seed 004, "WorkspaceAuth"). `true` asks for the scope that goes with the permission.
   */
  orWorkspaceToken?: true | WorkspaceTokenScope;
}

/** An opening with the scope that a workspace token needs. */
export type SettledOpening = Omit<Opening, 'orWorkspaceToken'> & { orWorkspaceToken?: WorkspaceTokenScope };

/** Who may call an operation. Every route states one; a route without one keeps the application from starting. */
export type Audience =
  /** Anybody, for the stated reason. With `recognise`, a caller who is signed in is known as such. */
  | { kind: 'public'; reason: string; recognise: boolean }
  /** Any signed-in caller, without a workspace. A token with scopes must cover `tokenPermission`. */
  | { kind: 'signed_in'; tokenPermission?: Permission }
  /** A member of the named workspace whose role has the permission. */
  | { kind: 'workspace'; permission: Permission; opening: SettledOpening }
  /** A member of the workspace when one is named, else any signed-in caller. */
  | { kind: 'workspace_optional'; permission: Permission }
  /** The instance administrator. */
  | { kind: 'instance_admin' }
  /** The agents' runtime, by its internal token. */
  | { kind: 'internal' }
  /** A program with a team key (`sk_…`) of a workspace that has the scope. */
  | { kind: 'team_key'; scope: TeamKeyScope };

/** Metadata key of {@link Audience}. */
export const audienceKey = 'crewship:audience';
