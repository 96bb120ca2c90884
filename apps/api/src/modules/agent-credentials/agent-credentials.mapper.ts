import type { AgentGrant } from './agent-credentials.types.js';
import type { AgentCredentialResponse } from './dto/agent-credential.response.js';
import { envVarOfName } from './env-var-rules.js';

/** A grant as it is answered at an instant. */
export function toAgentCredentialResponse(grant: AgentGrant, now: Date): AgentCredentialResponse {
  return {
    id: grant.id,
    agent_id: grant.agentId,
    credential_id: grant.credentialId,
    credential_name: grant.credentialName,
    credential_type: grant.credentialType,
    credential_provider: grant.credentialProvider,
    credential_status: grant.credentialStatus,
    env_var_name: grant.envVarName ?? envVarOfName(grant.credentialName),
    priority: grant.priority,
    created_at: grant.createdAt.toISOString(),
    ...(grant.expiresAt && { expires_at: grant.expiresAt.toISOString() }),
    expired: grant.expiresAt !== null && grant.expiresAt.getTime() <= now.getTime(),
    ...(grant.leaseSource !== null && { lease_source: grant.leaseSource }),
    ...(grant.leaseIssuedAt && { lease_issued_at: grant.leaseIssuedAt.toISOString() }),
    grant_source: grant.grantSource,
  };
}
