import { Injectable } from '@nestjs/common';
import { roleMay } from '#access';
import type { WorkspaceScope } from '#kernel';
import { AgentPlacementRepository } from './agent-placement.repository.js';
import { mayEdit } from './agent-rules.js';
import { agentErrors } from './agents.errors.js';
import { AgentsRepository } from './agents.repository.js';
import type { AgentInContext } from './agents.types.js';

/** Decides who may change or delete an agent. */
@Injectable()
export class AgentGateService {
  constructor(
    private readonly repository: AgentsRepository,
    private readonly placement: AgentPlacementRepository,
  ) {}

  /**
   * The agent, locked until the transaction ends, if the caller may change it. Who may change every agent is told of
   * missing ones (404); to a manager, missing, foreign and other people's agents look alike (403).
   */
  async lockEditable(scope: WorkspaceScope, id: string): Promise<AgentInContext> {
    const locked = await this.repository.lock(scope, id);
    const agent = locked ? await this.repository.findById(scope, id) : null;
    if (!agent) throw roleMay(scope.role, 'manage') ? agentErrors.notFound() : agentErrors.forbidden();
    if (roleMay(scope.role, 'manage')) return agent;
    const { userId } = scope.actor;
    const crewRole = agent.crewId && userId ? await this.placement.findCrewRole(scope, agent.crewId, userId) : null;
    const { createdByUserId } = agent;
    if (!mayEdit({ role: scope.role, userId, crewRole, createdByUserId })) throw agentErrors.forbidden();
    return agent;
  }
}
