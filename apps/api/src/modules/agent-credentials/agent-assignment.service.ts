import { Injectable } from '@nestjs/common';
import { LateBody } from '#http';
import { Clock, Ids, Transactions, type WorkspaceScope } from '#kernel';
import { AgentsService } from '../agents/agents.service.js';
import { CredentialsService } from '../credentials/credentials.service.js';
import { AgentCredentialWritingService } from './agent-credential-writing.service.js';
import { agentCredentialErrors } from './agent-credentials.errors.js';
import { AssignCredentialDto } from './dto/assign-credential.dto.js';
import type { AssignedResponse } from './dto/assigned.response.js';
import { canonicalEnvVar } from './env-var-rules.js';

/** Granting credentials to agents. */
@Injectable()
export class AgentAssignmentService {
  constructor(
    private readonly agents: AgentsService,
    private readonly credentials: CredentialsService,
    private readonly writing: AgentCredentialWritingService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Grants a credential. @throws AppError 404 for the agent, then 400, 404 for the credential, 409. */
  assign(scope: WorkspaceScope, agentId: string, body: LateBody<AssignCredentialDto>): Promise<AssignedResponse> {
    return this.transactions.run(async () => {
      await this.agents.hold(scope, agentId);
      const dto = body.read();
      const envVarName = canonicalEnvVar(dto.env_var_name);
      const credential = await this.credentials.findRef(scope, dto.credential_id);
      if (!credential) throw agentCredentialErrors.credentialNotFound();
      if (credential.managedBy !== null) throw agentCredentialErrors.credentialManaged();
      const now = this.clock.now();
      const grant = {
        id: this.ids.next(),
        agentId,
        credentialId: credential.id,
        envVarName,
        priority: dto.priority ?? 0,
        ...leaseOf(dto.ttl_seconds ?? 0, now),
        createdAt: now,
      };
      await this.writing.insert(scope, grant, credential.name);
      return { id: grant.id };
    });
  }

  /** The same with members that a feature of ours has at hand, in the words of a body. */
  assignGiven(scope: WorkspaceScope, agentId: string, members: object): Promise<AssignedResponse> {
    return this.assign(scope, agentId, LateBody.of(AssignCredentialDto, members));
  }

  /** Takes a grant back. @throws AppError `agent_credential.not_found`. */
  unassign(scope: WorkspaceScope, agentId: string, id: string): Promise<{ success: true }> {
    return this.transactions.run(async () => {
      if (!(await this.writing.remove(scope, agentId, id))) throw agentCredentialErrors.notFound();
      return { success: true };
    });
  }
}

function leaseOf(ttlSeconds: number, now: Date) {
  if (ttlSeconds === 0) return { expiresAt: null, leaseSource: null, leaseIssuedAt: null };
  return { expiresAt: new Date(now.getTime() + ttlSeconds * 1_000), leaseSource: 'ttl', leaseIssuedAt: now };
}
