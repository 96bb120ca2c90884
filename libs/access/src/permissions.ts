import { type WorkspaceRole, workspaceRoles } from '#kernel';

/** What a role may do (seed 003, "Authorization (RBAC)"). */
export const actions = ['read', 'sync', 'create', 'update', 'manage', 'delete', 'own'] as const;

/** One column of the role table. `sync` is for every member whose token's scopes let them change things; `own` for the owner alone. */
export type Action = (typeof actions)[number];

const rolesOf: Record<Action, readonly WorkspaceRole[]> = {
  read: workspaceRoles,
  sync: workspaceRoles,
  create: ['OWNER', 'ADMIN', 'MANAGER'],
  update: ['OWNER', 'ADMIN', 'MANAGER'],
  manage: ['OWNER', 'ADMIN'],
  delete: ['OWNER', 'ADMIN'],
  own: ['OWNER'],
};

/** The nouns that permissions speak of. */
export const nouns = [
  'workspace',
  'member',
  'invitation',
  'crew',
  'agent',
  'credential',
  'agent_credential',
  'integration',
  'crew_integration',
  'tool_binding',
  'agent_binding',
  'audit',
  'tool_call',
  'run',
  'activity',
  'admin',
  'oauth',
  'registry',
  'connector',
  'composio',
  'schedule',
  'channel',
  'plugin',
  'token',
  'approval',
  'event',
  'delivery',
  'memory',
] as const;

/** `noun:action`, as published in `x-permission`. */
export type Permission = `${(typeof nouns)[number]}:${Action}`;

/** Whether a role has an action. */
export function roleMay(role: WorkspaceRole, action: Action): boolean {
  return rolesOf[action].includes(role);
}

/** The action of a permission. */
export function actionOf(permission: Permission): Action {
  return permission.slice(permission.indexOf(':') + 1) as Action;
}

type Resource = 'agents' | 'crews' | 'credentials' | 'workspace';

const resourceOf: Record<string, Resource> = {
  crew: 'crews',
  crew_integration: 'crews',
  tool_binding: 'crews',
  agent: 'agents',
  agent_binding: 'agents',
  credential: 'credentials',
  agent_credential: 'credentials',
};

/** Scopes that a CLI token may carry. An empty list means unrestricted. */
export const tokenScopes = [
  '*',
  'agents:write',
  'agents:*',
  'crews:write',
  'crews:*',
  'credentials:write',
  'credentials:*',
  'skills:write',
  'skills:*',
  'webhooks:write',
  'webhooks:*',
  'workspace:admin',
  'workspace:*',
] as const;

/** Whether a token's scopes let it do this. Reading is not limited by scopes; null scopes limit nothing. */
export function scopesAllow(scopes: readonly string[] | null, permission: Permission): boolean {
  if (scopes === null || scopes.includes('*') || actionOf(permission) === 'read') return true;
  const noun = permission.slice(0, permission.indexOf(':'));
  const resource = resourceOf[noun] ?? 'workspace';
  const needed = resource === 'workspace' ? 'workspace:admin' : `${resource}:write`;
  return scopes.includes(needed) || scopes.includes(`${resource}:*`);
}

// The nouns of permissions that workspace tokens know, with the word of their scopes.
const workspaceTokenWords = {
  schedule: 'schedules',
  channel: 'channels',
  plugin: 'plugins',
  token: 'tokens',
  approval: 'approvals',
  event: 'events',
  delivery: 'deliveries',
  memory: 'memories',
  workspace: 'workspace',
} as const satisfies Partial<Record<(typeof nouns)[number], string>>;

type WorkspaceTokenWord = (typeof workspaceTokenWords)[keyof typeof workspaceTokenWords];

/** What an operation may ask of a workspace token: reading or changing one kind of thing, or deciding on approvals. */
export type WorkspaceTokenScope = `${WorkspaceTokenWord}:${'read' | 'write'}` | 'approvals:decide';

/** Scopes that a workspace token may carry (seed 004, "WorkspaceAuth"). `*` stands for all of them. */
export const workspaceTokenScopes: readonly (WorkspaceTokenScope | '*')[] = [
  ...Object.values(workspaceTokenWords).flatMap((word) => [`${word}:read`, `${word}:write`] as const),
  'approvals:decide',
  '*',
];

/** The scope that a workspace token needs for a permission; null where none of them opens it. */
export function workspaceTokenScopeFor(permission: Permission): WorkspaceTokenScope | null {
  const named = permission.slice(0, permission.indexOf(':'));
  const word = (workspaceTokenWords as Readonly<Record<string, WorkspaceTokenWord | undefined>>)[named];
  if (word === undefined) return null;
  return `${word}:${actionOf(permission) === 'read' ? 'read' : 'write'}`;
}

/** Whether a workspace token's scopes include another. Who may write a thing may read it; nothing else is implied but by `*`. */
export function workspaceTokenMay(scopes: readonly string[], needed: string): boolean {
  if (scopes.includes('*') || scopes.includes(needed)) return true;
  return needed.endsWith(':read') && scopes.includes(needed.replace(/:read$/, ':write'));
}

/** Scopes that a team key may carry (seed 002). `*` stands for all of them. */
export const teamKeyScopes = ['integrations:read', 'integrations:write', '*'] as const;

/** What an operation of the agent console may ask of a team key. */
export type TeamKeyScope = Exclude<(typeof teamKeyScopes)[number], '*'>;

/** Whether a team key may use an operation. No scope includes another, apart from `*`. */
export function teamKeyMay(scopes: readonly string[], needed: TeamKeyScope): boolean {
  return scopes.includes('*') || scopes.includes(needed);
}
