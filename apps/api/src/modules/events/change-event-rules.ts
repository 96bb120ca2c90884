import type { JsonObject } from '#kernel';
import type { ChangeEventType, EventToPublish } from './events.types.js';

/** A change as the audit log records it. */
export interface RecordedChange {
  action: string;
  entityType: string;
  entityId: string | null;
  entityName: string | null;
  metadata: Readonly<Record<string, unknown>>;
  /** Who made it: the kind of caller, and the person where it was one. */
  by: { kind: string; userId: string | null };
}

const typeOfAction: Readonly<Record<string, ChangeEventType>> = {
  'integration.create': 'integration.created',
  'integration.update': 'integration.updated',
  'integration.delete': 'integration.deleted',
  'crew_integration.create': 'crew_integration.created',
  'crew_integration.update': 'crew_integration.updated',
  'crew_integration.delete': 'crew_integration.deleted',
  'agent_binding.create': 'agent_binding.created',
  'agent_binding.update': 'agent_binding.updated',
  'agent_binding.delete': 'agent_binding.deleted',
  'tool_binding.update': 'tool_binding.updated',
  'tool_binding.refresh': 'tool_binding.refreshed',
  'credential.create': 'credential.created',
  'credential.update': 'credential.updated',
  'credential.delete': 'credential.deleted',
  'credential.rotate': 'credential.rotated',
  'credential.rollback': 'credential.rotated',
  'credential.revoke': 'credential.revoked',
  'credential.connect': 'credential.connected',
  'oauth.connect': 'credential.connected',
  'credential.needs_reauth': 'credential.needs_reauth',
  'connector.install': 'connector.installed',
  'connector.uninstall': 'connector.uninstalled',
  'mcp_registry.sync': 'registry.synced',
  'mcp_registry.curate': 'registry.curated',
  'composio_settings.update': 'composio.settings_changed',
  'composio_settings.delete': 'composio.settings_changed',
  'composio_default.update': 'composio.default_changed',
  'composio.connect': 'composio.connected',
  'composio_account.revoke': 'composio.account_changed',
  'composio_account.refresh': 'composio.account_changed',
  'composio_account.delete': 'composio.account_changed',
  'composio_binding.bind': 'composio.binding_changed',
  'composio_binding.unbind': 'composio.binding_changed',
  'composio_binding.opt_in': 'composio.binding_changed',
  'composio_binding.opt_out': 'composio.binding_changed',
  'composio_trigger.create': 'composio.trigger_changed',
  'composio_trigger.disable': 'composio.trigger_changed',
  'composio_trigger.delete': 'composio.trigger_changed',
};

// Ids that the audit row's facts may hold beside the id of the thing itself.
const neighbours: Readonly<Record<string, string>> = {
  agentId: 'agent_id',
  agent_id: 'agent_id',
  crewId: 'crew_id',
  crew_id: 'crew_id',
  integrationId: 'integration_id',
  credentialId: 'credential_id',
  connector_id: 'connector_id',
};

/**
 * The event of a recorded change; null for changes that are not told. It holds ids and names, and nothing else of what the
 * audit row knows. A credential's name is left out: not every member may see every credential.
 */
export function eventOfChange(change: RecordedChange): EventToPublish | null {
  const type = Object.hasOwn(typeOfAction, change.action) ? typeOfAction[change.action] : undefined;
  if (!type) return null;
  const ids: JsonObject = {};
  for (const [name, member] of Object.entries(neighbours)) {
    const value = change.metadata[name];
    if (typeof value === 'string') ids[member] = value;
  }
  const isAgent = change.entityType === 'AGENT' && change.entityId !== null;
  const agentId = isAgent ? change.entityId : (ids.agent_id ?? null);
  return {
    type,
    agentId: typeof agentId === 'string' ? agentId : null,
    payload: {
      ...ids,
      action: change.action,
      entity_type: change.entityType,
      id: change.entityId,
      name: change.entityType === 'CREDENTIAL' || type.startsWith('credential.') ? null : change.entityName,
      by: { kind: change.by.kind, user_id: change.by.userId },
    },
  };
}
