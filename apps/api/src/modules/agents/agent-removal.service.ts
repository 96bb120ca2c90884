import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { AgentRemovalRepository } from './agent-removal.repository.js';

/** What a removal took along. */
export interface RemovedAgents {
  agents: number;
  bindings: number;
  grants: number;
}

/** Takes agents out of the workspace with their bindings and grants. Runs in the caller's transaction. */
@Injectable()
export class AgentRemovalService {
  constructor(private readonly repository: AgentRemovalRepository) {}

  /** Removes one agent, or all of a crew. `agents` is 0 when there was none. */
  async remove(scope: WorkspaceScope, which: { id: string } | { crewId: string }, now: Date): Promise<RemovedAgents> {
    const ids = await this.repository.markDeleted(scope, which, now);
    return { agents: ids.length, ...(await this.repository.removeTies(scope, ids)) };
  }

  /** Removes what an agent said of the servers of a crew that it leaves. Answers how many bindings that were. */
  leaveCrew(scope: WorkspaceScope, agentId: string, crewId: string): Promise<number> {
    return this.repository.removeBindingsToCrew(scope, agentId, crewId);
  }
}
