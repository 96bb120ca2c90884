import type { CredentialEventRow } from './credential-events.repository.js';
import { credentialState, reconnectUrl } from './credential-health.js';
import { testableProvider } from './credential-provider-rules.js';
import { securityLevelLabel } from './credential-rules.js';
import type { CredentialInContext } from './credentials.types.js';
import type { CredentialResponse } from './dto/credential.response.js';
import type { CredentialEventResponse } from './dto/credential-event.response.js';

/** When and where an answer is made. */
export interface AnswerContext {
  now: Date;
  /** Our own address, without a trailing slash. */
  publicUrl: string;
}

/** A stored row as it is answered. Sealed columns do not even reach this function. */
export function toCredentialResponse(row: CredentialInContext, { now, publicUrl }: AnswerContext): CredentialResponse {
  const state = credentialState(row, now);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    type: row.type,
    provider: row.provider,
    status: row.status,
    state,
    reconnect_url: reconnectUrl(row.id, state, publicUrl),
    scope: row.scope,
    crew_id: row.crewIds[0] ?? null,
    crew_ids: row.crewIds,
    account_label: row.accountLabel,
    account_email: row.accountEmail,
    username: row.username,
    ...(row.type === 'ENDPOINT_URL' && row.endpointUrl !== null && { endpoint_url: row.endpointUrl }),
    testable: testableProvider(row.provider, row.type) !== null,
    sensitivity: row.sensitivity,
    security_level: row.securityLevel,
    security_level_label: securityLevelLabel(row.securityLevel),
    token_expires_at: row.tokenExpiresAt?.toISOString() ?? null,
    next_refresh_at: row.nextRefreshAt?.toISOString() ?? null,
    last_ok_at: row.lastOkAt?.toISOString() ?? null,
    last_error_class: row.lastErrorClass,
    last_checked_at: row.lastCheckedAt?.toISOString() ?? null,
    last_error: row.lastError,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
    last_used_ips: row.lastUsedIps,
    previous_value_until: row.previousValueUntil?.toISOString() ?? null,
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
