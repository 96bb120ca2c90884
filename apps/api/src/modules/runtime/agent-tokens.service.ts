import { Injectable } from '@nestjs/common';
import { accessErrors } from '#access';
import { AuditLogService } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, type RuntimeScope, raise } from '#kernel';
import { InternalTokensService } from '../identity/internal-tokens.service.js';
import type { IssueAgentTokenDto } from './dto/issue-agent-token.dto.js';
import type { IssuedAgentTokenResponse } from './dto/issued-agent-token.response.js';
import { runtimeErrors } from './runtime.errors.js';
import { RuntimeRepository } from './runtime.repository.js';

const usualSeconds = 86_400;

/** Tokens that open one agent and nothing else, to be put where the agent itself could read them. */
@Injectable()
export class AgentTokensService {
  constructor(
    private readonly repository: RuntimeRepository,
    private readonly tokens: InternalTokensService,
    private readonly auditLog: AuditLogService,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a token for an agent. Nothing but the fact is stored.
   * @throws AppError 403 for a token of a crew or an agent, which makes no others; 404 for an agent out of reach.
   */
  async issue(
    scope: RuntimeScope,
    agentId: string,
    body: LateBody<IssueAgentTokenDto>,
  ): Promise<IssuedAgentTokenResponse> {
    if (scope.reach.crewId !== null || scope.reach.agentId !== null) throw accessErrors.internalForbidden();
    const now = this.clock.now();
    const workspaceId = await this.repository.findWorkspaceOf(scope.reach, agentId, now);
    if (workspaceId === null) raise(runtimeErrors.agentNotFound());
    const { ttl_seconds: seconds = usualSeconds } = body.readIfAny();
    const end = Math.floor(now.getTime() / 1_000) + (seconds ?? usualSeconds);
    const expiresAt = new Date(end * 1_000);
    await this.auditLog.record(scope, {
      action: 'agent_token.issue',
      entityType: 'AGENT',
      entityId: agentId,
      workspaceId,
      metadata: { expires_at: expiresAt.toISOString() },
    });
    return {
      token: this.tokens.forAgent(workspaceId, agentId, expiresAt).reveal(),
      header: 'X-Internal-Token',
      workspace_id: workspaceId,
      agent_id: agentId,
      expires_at: expiresAt.toISOString(),
    };
  }
}
