import fc from 'fast-check';
import {
  type CredentialStatus,
  type CrewServerRow,
  type ManagedApps,
  noManagedApps,
  type ServerScope,
  type ToolRow,
  type WorkspaceServerRow,
} from '../rows.types.js';
import { credential, crewServer, workspaceServer } from './rows.fixture.js';
import type { OwnedBinding, World } from './world.fixture.js';

// Few ids and names, so that links, clashes and overrides are the rule rather than the exception.
const workspaceIds = ['w1', 'w2', 'w3', 'w4'];
const crewIds = ['c1', 'c2', 'c3', 'c4'];
const names = fc.constantFrom('github', 'forge', 'jira', '__proto__');
const visibility = fc.constantFrom('auto', 'everyone', 'bound');
const transport = fc.constantFrom('streamable-http', 'stdio');
const config = fc.option(
  fc
    .dictionary(fc.constantFrom('headers', 'a', '__proto__'), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    .map((value) => JSON.stringify(value)),
);
const credType = fc.constantFrom('bearer' as const, 'api_key' as const, 'basic' as const);
const namedCredential = {
  credentialId: fc.option(fc.constantFrom('k1', 'k2', 'k9')),
  credHeader: fc.option(fc.constant('X-Key')),
  envVarName: fc.option(fc.constant('TOKEN')),
};
const endpoint = fc.option(fc.constantFrom('https://a.example/mcp', 'https://b.example/mcp', 'https://a.example/v2'));
const text = fc.option(fc.constantFrom('', '{{credential:k1}}', '["{{credential:k9}}"]', '{"A":"b"}'));

const workspaceRow = fc.record({
  id: fc.constantFrom(...workspaceIds),
  name: names,
  enabled: fc.boolean(),
  locked: fc.boolean(),
  visibility,
  transport,
  kind: fc.constantFrom('custom', 'composio'),
  endpoint,
  command: text,
  envJson: text,
  configJson: config,
  credType: fc.option(credType),
  ...namedCredential,
}) as fc.Arbitrary<Partial<WorkspaceServerRow> & { id: string }>;

const crewRow = fc.record({
  id: fc.constantFrom(...crewIds),
  name: names,
  enabled: fc.boolean(),
  visibility: fc.option(visibility),
  transport: fc.option(transport),
  endpoint: fc.oneof(endpoint, text),
  envJson: text,
  configJson: config,
  credType: fc.option(credType),
  ...namedCredential,
  workspaceServerId: fc.option(fc.constantFrom(...workspaceIds, 'deleted')),
}) as fc.Arbitrary<Partial<CrewServerRow> & { id: string }>;

const onServer = fc.constantFrom(...workspaceIds, ...crewIds).map((serverId) => ({
  serverId,
  scope: (serverId.startsWith('c') ? 'crew' : 'workspace') as ServerScope,
}));

const ownedBinding: fc.Arbitrary<OwnedBinding> = fc
  .tuple(
    onServer,
    fc.record({
      agentId: fc.constantFrom('ada', 'bob', 'gone'),
      enabled: fc.boolean(),
      credType,
      ...namedCredential,
      configOverrideJson: config,
    }),
  )
  .map(([server, row]) => ({ id: `${row.agentId}-${server.serverId}`, ...server, ...row }));

const toolRow: fc.Arbitrary<ToolRow> = fc
  .tuple(onServer, fc.record({ name: fc.constantFrom('read', 'write', 'Drop'), enabled: fc.boolean() }))
  .map(([server, row]) => ({ ...server, ...row }));

const statuses: CredentialStatus[] = ['ACTIVE', 'PENDING', 'EXPIRED', 'RATE_LIMITED', 'REVOKED', 'ERROR'];
const credentialRow = fc
  .record({
    id: fc.constantFrom('k1', 'k2'),
    status: fc.constantFrom(...statuses),
    expiresAt: fc.option(fc.date({ noInvalidDate: true })),
    deleted: fc.boolean(),
    keyMissing: fc.boolean(),
  })
  .map((row) => credential(row));

const byId = { selector: (row: { id: string }) => row.id };

/** Workspaces with three agents, the third deleted, that obey the uniqueness of the tables and nothing else. */
export const worlds: fc.Arbitrary<World> = fc.record({
  agents: fc.constant(['ada', 'bob', 'gone'].map((id) => ({ id, live: id !== 'gone' }))),
  workspaceServers: fc.uniqueArray(workspaceRow.map(workspaceServer), byId),
  crewServers: fc.uniqueArray(crewRow.map(crewServer), byId),
  bindings: fc.uniqueArray(ownedBinding, byId),
  credentials: fc.uniqueArray(credentialRow, byId),
  tools: fc.uniqueArray(toolRow, { selector: (row) => `${row.serverId} ${row.name}` }),
  managed: fc.constant(noManagedApps),
});

/** What agents may have of the provider of managed apps, the default connector set up or not, its key there or not. */
export const managedApps: fc.Arbitrary<ManagedApps> = fc.record({
  optOutId: fc.option(fc.constant('o1')),
  ownServerIds: fc.subarray(workspaceIds),
  connector: fc.option(
    fc.record({
      id: fc.constant('d1'),
      endpoint: fc.constant('https://provider.example/mcp'),
      credentialId: fc.constantFrom('k1', 'k2', 'k9'),
    }),
  ),
});
