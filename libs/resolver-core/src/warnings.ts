import { unreachable } from '#kernel';
import type { SettledServer } from './decide.js';
import type { ExplainedCredential, ExplainedServer, Reference, Warning } from './explanation.types.js';
import { isJsonObject, parsedOrNull } from './json.js';
import { isConnectorOn } from './managed-apps.js';
import type { EffectiveServer } from './resolution.types.js';
import { crewRowsOf, type RowIndex, serverKey } from './row-index.js';
import type { CrewServerRow, ResolutionInput } from './rows.types.js';
import { judgeCredential } from './settle-credential.js';

/** What will not work about an offered server. */
export function warningsOf(
  { server, credential, references }: Pick<ExplainedServer, 'server' | 'credential' | 'references'>,
  { candidate, withheld }: Pick<SettledServer, 'candidate' | 'withheld'>,
): Warning[] {
  return [
    ...credentialWarnings(credential),
    ...withheldWarnings(withheld),
    ...references.flatMap(referenceWarnings),
    ...connectionWarnings(server),
    ...configWarnings(server),
    ...toolWarnings(server),
    ...parentWarnings(server, candidate.crew),
  ];
}

/** What will not work although no offered server shows it: bindings on servers that this agent's cascade does not have. */
export function strayBindingWarnings(input: ResolutionInput): Warning[] {
  const servers = new Set([
    ...input.workspaceServers.map((row) => serverKey('workspace', row.id)),
    ...crewRowsOf(input).map((row) => serverKey('crew', row.id)),
  ]);
  const stray = input.bindings.filter((row) => !servers.has(serverKey(row.scope, row.serverId)));
  return stray
    .map((row) => row.id)
    .sort()
    .map((id) => ({
      code: 'binding_without_server',
      message: `Binding ${id} has no effect: its server is not in the workspace or the agent's crew. Delete the binding.`,
    }));
}

/** What is set up for every agent and does not work: the default connector without its key. */
export function connectorWarnings({ managed: { connector } }: ResolutionInput, index: RowIndex, now: Date): Warning[] {
  if (connector === null || isConnectorOn(connector, index, now)) return [];
  const { reason } = judgeCredential(index.credentials.get(connector.credentialId) ?? null, now);
  const message = `${reason} The workspace's default connector is therefore off, and no other server is held back for it.`;
  return [{ code: 'default_connector_off', message }];
}

function credentialWarnings(credential: ExplainedCredential | null): Warning[] {
  if (credential === null) return [];
  const by = credential.level === 'agent' ? 'binding' : `${credential.level} server`;
  const message = `${credential.reason} The server gets no credential from ${by} ${credential.rowId}.`;
  switch (credential.state) {
    case 'usable':
      return [];
    case 'missing':
      return [{ code: 'credential_missing', message }];
    case 'expired':
      return [{ code: 'credential_expired', message }];
    case 'inactive':
      return [{ code: 'credential_inactive', message }];
    case 'pending':
      return [{ code: 'credential_pending', message }];
    default:
      return unreachable(credential.state);
  }
}

function withheldWarnings(members: readonly string[]): Warning[] {
  if (members.length === 0) return [];
  const message =
    "The crew's server is at another host than the workspace server that it changes, so secrets of that one are not sent: " +
    `${members.join(', ')}. Set them in the crew's server.`;
  return [{ code: 'secrets_withheld', message }];
}

const places: Record<Reference['field'], string> = {
  endpoint: 'The endpoint',
  argsJson: 'An argument',
  envJson: 'An environment variable',
  headers: 'A header',
};

function referenceWarnings({ name, field, state }: Reference): Warning[] {
  switch (state) {
    case 'known':
      return [];
    case 'unknown':
      return [
        {
          code: 'reference_unknown',
          message: `${places[field]} refers to the credential "${name}", which does not exist in this workspace.`,
        },
      ];
    case 'unusable':
      return [
        {
          code: 'reference_unusable',
          message: `${places[field]} refers to the credential "${name}", which cannot be used now.`,
        },
      ];
    default:
      return unreachable(state);
  }
}

function connectionWarnings({ transport, endpoint, command }: EffectiveServer): Warning[] {
  const [field, value] = transport === 'stdio' ? ['command', command] : ['endpoint', endpoint];
  if (value) return [];
  return [{ code: 'connection_incomplete', message: `No level sets the ${field} that a ${transport} server needs.` }];
}

function configWarnings({ configJson }: EffectiveServer): Warning[] {
  if (configJson === null || isJsonObject(parsedOrNull(configJson))) return [];
  return [{ code: 'config_not_an_object', message: 'The config is not a JSON object and will not take effect.' }];
}

function toolWarnings({ tools }: EffectiveServer): Warning[] {
  if (tools === null || tools.length > 0) return [];
  return [{ code: 'all_tools_withheld', message: 'Every known tool of the server is switched off.' }];
}

function parentWarnings({ overrides }: EffectiveServer, crew: CrewServerRow | null): Warning[] {
  if (overrides !== null || !crew?.workspaceServerId) return [];
  return [
    {
      code: 'parent_missing',
      message: 'The crew server is linked to a workspace server that no longer exists, so it inherits nothing.',
    },
  ];
}
