import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { agentBindingErrors } from './agent-bindings.errors.js';
import { toAgentBindingResponse } from './agent-bindings.mapper.js';
import { AgentBindingsRepository } from './agent-bindings.repository.js';
import { BindingParentsRepository } from './binding-parents.repository.js';
import type { AgentBindingResponse } from './dto/agent-binding.response.js';

/** Reading what agents say of servers. */
@Injectable()
export class AgentBindingsService {
  constructor(
    private readonly repository: AgentBindingsRepository,
    private readonly parents: BindingParentsRepository,
  ) {}

  /**
   * One page of an agent's bindings, newest first, disabled ones included.
   * @throws AppError `agent_binding.agent_not_found`, also for deleted agents and other workspaces'.
   */
  async list(scope: WorkspaceScope, agentId: string, page: PageRequest): Promise<Page<AgentBindingResponse>> {
    if (!(await this.parents.hasAgent(scope, agentId))) throw agentBindingErrors.agentNotFound();
    const { items, total } = await this.repository.findMany(scope, agentId, page);
    return { items: items.map(toAgentBindingResponse), total };
  }
}
