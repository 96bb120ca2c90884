import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import type { WorkspaceScope } from '#kernel';
import { CredentialRecordingService } from '../credentials/credential-recording.service.js';
import { AgentCredentialsRepository } from './agent-credentials.repository.js';
import type { NewAgentGrant } from './agent-credentials.types.js';

const entityType = 'AGENT_CREDENTIAL';

/** Writes grants, and tells the audit log and the credential's timeline. Runs in the caller's transaction. */
@Injectable()
export class AgentCredentialWritingService {
  constructor(
    private readonly repository: AgentCredentialsRepository,
    private readonly recording: CredentialRecordingService,
    private readonly audit: AuditLogService,
  ) {}

  /** @throws AppError `agent_credential.already_assigned`. */
  async insert(scope: WorkspaceScope, grant: NewAgentGrant, credentialName: string): Promise<void> {
    await this.repository.insert(grant);
    const { agentId, credentialId, envVarName, priority } = grant;
    await this.recording.grant(scope, credentialId, 'GRANTED', { agentId, metadata: { env_var_name: envVarName } });
    await this.audit.record(scope, {
      action: 'agent_credential.create',
      entityType,
      entityId: grant.id,
      entityName: credentialName,
      metadata: { agentId, credentialId, envVarName, priority, expiresAt: grant.expiresAt?.toISOString() ?? null },
    });
  }

  /** False when the agent has no such grant. */
  async remove(scope: WorkspaceScope, agentId: string, id: string): Promise<boolean> {
    const credentialId = await this.repository.remove(scope, agentId, id);
    if (credentialId === null) return false;
    await this.recording.grant(scope, credentialId, 'UNGRANTED', { agentId });
    await this.audit.record(scope, {
      action: 'agent_credential.delete',
      entityType,
      entityId: id,
      metadata: { agentId, credentialId },
    });
    return true;
  }
}
