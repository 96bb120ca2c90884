import type { Prisma } from '#prisma';
import type { CredentialViewer } from './credential-viewer.js';
import type { CredentialInContext } from './credentials.types.js';

/** What answers need. Sealed columns are not among it. */
export const credentialColumns = {
  id: true,
  workspaceId: true,
  managedBy: true,
  name: true,
  description: true,
  type: true,
  provider: true,
  status: true,
  scope: true,
  oauthClientId: true,
  oauthAuthUrl: true,
  oauthTokenUrl: true,
  oauthScopes: true,
  tokenExpiresAt: true,
  nextRefreshAt: true,
  lastOkAt: true,
  lastErrorClass: true,
  refreshFailures: true,
  accountLabel: true,
  accountEmail: true,
  username: true,
  endpointUrl: true,
  tags: true,
  sensitivity: true,
  securityLevel: true,
  lastCheckedAt: true,
  lastError: true,
  lastUsedAt: true,
  lastUsedIps: true,
  previousValueUntil: true,
  createdByActorType: true,
  createdByActorId: true,
  provisionedForService: true,
  createdAt: true,
  updatedAt: true,
  crews: { select: { crewId: true }, orderBy: [{ createdAt: 'asc' }, { crewId: 'asc' }] },
  agents: {
    where: { agent: { deletedAt: null } },
    select: { agent: { select: { id: true, name: true } } },
    orderBy: [{ agent: { name: 'asc' } }, { agentId: 'asc' }],
  },
  _count: {
    select: {
      bindings: { where: { agent: { deletedAt: null } } },
      workspaceIntegrations: true,
      crewIntegrations: { where: { crew: { deletedAt: null } } },
    },
  },
} satisfies Prisma.CredentialSelect;

type Row = Prisma.CredentialGetPayload<{ select: typeof credentialColumns }>;

/** A row as the feature knows it. */
export function toCredential({ crews, agents, _count, ...row }: Row): CredentialInContext {
  return {
    ...row,
    crewIds: crews.map((link) => link.crewId),
    agents: agents.map((grant) => grant.agent),
    bindingCount: _count.bindings,
    serverCount: _count.workspaceIntegrations + _count.crewIntegrations,
  };
}

/** The live credentials of a workspace that a viewer may know of. */
export function visibleCredentials(workspaceId: string, viewer: CredentialViewer): Prisma.CredentialWhereInput {
  const live = { workspaceId, deletedAt: null };
  if (viewer.all) return live;
  const own = { some: { crew: { deletedAt: null, members: { some: { userId: viewer.userId ?? '' } } } } };
  return { ...live, OR: [{ scope: 'WORKSPACE' }, { crews: own }] };
}
