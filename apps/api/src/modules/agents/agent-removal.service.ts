import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { CredentialRemovalService } from '../credentials/credential-removal.service.js';
import { AgentRemovalRepository } from './agent-removal.repository.js';

/** What a removal took along. */
export interface RemovedAgents {
  agents: number;
  bindings: number;
  grants: number;
}

/** Takes agents out of the workspace with their bindings, their grants and the servers that were made for them alone. Runs in the caller's transaction. */
@Injectable()
export class AgentRemovalService {
  constructor(
    private readonly repository: AgentRemovalRepository,
    private readonly credentials: CredentialRemovalService,
  ) {}

  /** Removes one agent, or all of a crew. `agents` is 0 when there was none. */
  async remove(scope: WorkspaceScope, which: { id: string } | { crewId: string }, now: Date): Promise<RemovedAgents> {
    const ids = await this.repository.markDeleted(scope, which, now);
    await this.#removeServers(scope, ids, now);
    return { agents: ids.length, ...(await this.repository.removeTies(scope, ids)) };
  }

  // Nobody would see them any more, and their secrets would stay.
  async #removeServers(scope: WorkspaceScope, agentIds: readonly string[], now: Date): Promise<void> {
    const servers = agentIds.length === 0 ? [] : await this.repository.findOwnServers(scope, agentIds);
    if (servers.length === 0) return;
    const madeFor = await this.credentials.findMadeFor(scope, servers);
    await this.repository.removeServers(scope, servers, now);
    await this.credentials.removeUnused(scope, madeFor, { action: 'agent.delete', entityId: agentIds.join(' ') });
  }

  /** Removes what an agent said of the servers of a crew that it leaves. Answers how many bindings that were. */
  leaveCrew(scope: WorkspaceScope, agentId: string, crewId: string): Promise<number> {
    return this.repository.removeBindingsToCrew(scope, agentId, crewId);
  }
}
