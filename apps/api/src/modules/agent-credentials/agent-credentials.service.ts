import { Injectable } from '@nestjs/common';
import { roleMay } from '#access';
import { Clock, type Page, type PageRequest, type WorkspaceScope } from '#kernel';
import { AgentsService } from '../agents/agents.service.js';
import { toAgentCredentialResponse } from './agent-credentials.mapper.js';
import { AgentCredentialsRepository } from './agent-credentials.repository.js';
import type { AgentCredentialResponse } from './dto/agent-credential.response.js';

/** Which credentials agents get, and why. */
@Injectable()
export class AgentCredentialsService {
  constructor(
    private readonly repository: AgentCredentialsRepository,
    private readonly agents: AgentsService,
    private readonly clock: Clock,
  ) {}

  /**
   * One page of what an agent gets. Below MANAGER only credentials that the caller may know of.
   * @throws AppError `agent.not_found`.
   */
  async list(scope: WorkspaceScope, agentId: string, page: PageRequest): Promise<Page<AgentCredentialResponse>> {
    const agent = await this.agents.getRow(scope, agentId);
    const viewer = roleMay(scope.role, 'update') ? null : { userId: scope.actor.userId ?? '' };
    const now = this.clock.now();
    const { items, total } = await this.repository.findMany(scope, agent, { viewer, now }, page);
    return { items: items.map((grant) => toAgentCredentialResponse(grant, now)), total };
  }
}
