/** The five roles of a workspace, widest first. */
export const workspaceRoles = ['OWNER', 'ADMIN', 'MANAGER', 'MEMBER', 'VIEWER'] as const;

/** A member's role in a workspace (seed 003, "Authorization (RBAC)"). */
export type WorkspaceRole = (typeof workspaceRoles)[number];

/** Who acts, as the audit log names it. */
export interface Actor {
  kind: 'user' | 'internal' | 'instance_admin' | 'team_key' | 'workspace_token' | 'anonymous';
  /** Null for actors that are not a person. */
  userId: string | null;
  /** Email of the person, null for other actors. */
  email: string | null;
  /** Id of the CLI token, team key or workspace token used, when one was. */
  tokenId: string | null;
  /** Id of the browser session used, when one was. */
  sessionId: string | null;
  /** Scopes of the token; null means unrestricted. */
  tokenScopes: readonly string[] | null;
}

/** Where a request came from, for audit rows. */
export interface Origin {
  ip: string | null;
  userAgent: string | null;
  requestId: string;
}

/** A signed-in caller without a workspace. */
export interface CallerScope {
  actor: Actor;
  origin: Origin;
  /** True when the caller also administers the instance. */
  instanceAdmin?: boolean;
}

/** How far an internal token reaches; null members are not limited. All null: the master token without a workspace named. */
export interface RuntimeReach {
  workspaceId: string | null;
  /** Set for a token of one crew. */
  crewId: string | null;
  /** Set for a token of one agent. */
  agentId: string | null;
}

/** The agents' runtime, and what its token reaches: the first argument of everything that it may ask for. */
export interface RuntimeScope extends CallerScope {
  reach: RuntimeReach;
}

/** The tenant, the caller and their role: the first argument of every service and repository of a tenant's data. */
export interface WorkspaceScope extends CallerScope {
  workspaceId: string;
  /** Role in this workspace; crew roles may raise it for single actions, never lower it. */
  role: WorkspaceRole;
  /** Capabilities granted beyond the role, such as `credential.create`. */
  capabilities: readonly string[];
  /** Revision of the workspace's integration configuration, read together with the grant. Any change of it raises this. */
  revision: bigint;
}
