import { z } from 'zod';
import type { ResolutionInput } from '#resolver-core';

const text = z.string().nullable();
const transport = z.enum(['streamable-http', 'stdio']);
const visibility = z.enum(['auto', 'everyone', 'bound']);

const credType = z.enum(['bearer', 'api_key', 'basic']);

const settings = {
  id: z.string(),
  name: z.string(),
  endpoint: text,
  command: text,
  argsJson: text,
  envJson: text,
  configJson: text,
  icon: text,
  kind: z.string(),
  enabled: z.boolean(),
  credentialId: text,
  credType: credType.nullable(),
  credHeader: text,
  envVarName: text,
  boundByOthers: z.boolean(),
};

const workspaceServer = z.object({ ...settings, displayName: z.string(), transport, locked: z.boolean(), visibility });

const crewServer = z.object({
  ...settings,
  displayName: text,
  transport: transport.nullable(),
  visibility: visibility.nullable(),
  workspaceServerId: text,
});

const binding = z.object({
  id: z.string(),
  serverId: z.string(),
  scope: z.enum(['workspace', 'crew']),
  enabled: z.boolean(),
  credentialId: text,
  credType,
  credHeader: text,
  envVarName: text,
  configOverrideJson: text,
});

/** Life of a stored credential. */
export const credentialStatus = z.enum(['ACTIVE', 'PENDING', 'EXPIRED', 'RATE_LIMITED', 'REVOKED', 'ERROR']);

const credential = z.object({
  id: z.string(),
  name: z.string(),
  status: credentialStatus,
  expiresAtMs: z.number().nullable(),
  deleted: z.boolean(),
  keyMissing: z.boolean(),
});

const tool = z.object({
  serverId: z.string(),
  scope: z.enum(['workspace', 'crew']),
  name: z.string(),
  enabled: z.boolean(),
});

const connector = z.object({ id: z.string(), endpoint: z.string(), credentialId: z.string() });

/** What the one statement answers for one agent. */
export const resolutionRow = z.object({
  position: z.number(),
  agentId: z.string(),
  crewId: text,
  revision: z.bigint(),
  workspaceServers: z.array(workspaceServer),
  crewServers: z.array(crewServer),
  bindings: z.array(binding),
  credentials: z.array(credential),
  tools: z.array(tool),
  optOutId: text,
  ownServerIds: z.array(z.string()),
  connector: connector.nullable(),
});

/** One agent's rows, with the revision of the workspace at which they were read. */
export interface ResolutionRows {
  revision: bigint;
  input: ResolutionInput;
}

/** The rows of one agent as the cascade takes them. */
export function toResolutionRows(row: z.infer<typeof resolutionRow>): ResolutionRows {
  const servers = [...row.workspaceServers, ...row.crewServers];
  return {
    revision: row.revision,
    input: {
      agent: { id: row.agentId, crewId: row.crewId },
      workspaceServers: row.workspaceServers,
      crewServers: row.crewServers,
      bindings: row.bindings,
      boundByOthers: servers.filter((server) => server.boundByOthers).map((server) => server.id),
      credentials: row.credentials.map(({ expiresAtMs, ...rest }) => ({
        ...rest,
        expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs),
      })),
      tools: row.tools,
      managed: { optOutId: row.optOutId, ownServerIds: row.ownServerIds, connector: row.connector },
    },
  };
}
