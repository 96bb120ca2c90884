import type { CredentialEventRow } from './credential-events.repository.js';
import { isTestable } from './credential-providers.js';
import { securityLevelLabel } from './credential-rules.js';
import type { CredentialInContext } from './credentials.types.js';
import type { CredentialResponse } from './dto/credential.response.js';
import type { CredentialEventResponse } from './dto/credential-event.response.js';

/** A stored row as it is answered. Sealed columns do not even reach this function. */
export function toCredentialResponse(row: CredentialInContext): CredentialResponse {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    type: row.type,
    provider: row.provider,
    status: row.status,
    scope: row.scope,
    crew_id: row.crewIds[0] ?? null,
    crew_ids: row.crewIds,
    account_label: row.accountLabel,
    account_email: row.accountEmail,
    username: row.username,
    ...(row.type === 'ENDPOINT_URL' && row.endpointUrl !== null && { endpoint_url: row.endpointUrl }),
    testable: isTestable(row.provider),
    sensitivity: row.sensitivity,
    security_level: row.securityLevel,
    security_level_label: securityLevelLabel(row.securityLevel),
    token_expires_at: row.tokenExpiresAt?.toISOString() ?? null,
    last_checked_at: row.lastCheckedAt?.toISOString() ?? null,
    last_error: row.lastError,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    last_used_ips: row.lastUsedIps,
    tags: row.tags,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
    _count_agent_credentials: row.agents.length,
    agent_names: row.agents.map((agent) => agent.name),
    agent_ids: row.agents.map((agent) => agent.id),
    mcp_used: row.bindingCount + row.serverCount > 0,
    created_by_actor_type: row.createdByActorType,
    created_by_actor_id: row.createdByActorId,
    provisioned_for_service: row.provisionedForService,
  };
}

/** One entry of a timeline as it is answered. */
export function toEventResponse(row: CredentialEventRow): CredentialEventResponse {
  const { metadata } = row;
  const facts = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata : null;
  return {
    id: row.id,
    credential_id: row.credentialId,
    event_type: row.eventType,
    actor_user_id: row.actorUserId,
    agent_id: row.agentId,
    ip_address: row.ipAddress,
    metadata: facts,
    occurred_at: row.occurredAt.toISOString(),
  };
}
