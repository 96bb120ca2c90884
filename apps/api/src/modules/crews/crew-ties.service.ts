import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { AgentRemovalService } from '../agents/agent-removal.service.js';
import { CredentialRemovalService } from '../credentials/credential-removal.service.js';
import { CrewRemovalRepository } from './crew-removal.repository.js';

/** What a deleted crew took along, for the audit log. */
export interface RemovedTies {
  agents: number;
  bindings: number;
  grants: number;
  integrations: number;
  members: number;
  /** Ids of credentials that had been made for its integrations and that nothing else uses. */
  credentials: string[];
}

/** Removes everything that hangs on a crew. Runs in the caller's transaction. */
@Injectable()
export class CrewTiesService {
  constructor(
    private readonly repository: CrewRemovalRepository,
    private readonly agents: AgentRemovalService,
    private readonly credentials: CredentialRemovalService,
  ) {}

  /** Marks the crew as deleted, and removes its agents, integrations, memberships and links. Null when it is not there. */
  async removeCrew(scope: WorkspaceScope, crewId: string, now: Date): Promise<RemovedTies | null> {
    if (!(await this.repository.markDeleted(scope, crewId, now))) return null;
    const integrationIds = await this.repository.findIntegrationIds(scope, crewId);
    const madeFor = await this.credentials.findMadeFor(scope, integrationIds);
    const removedAgents = await this.agents.remove(scope, { crewId }, now);
    const ties = await this.repository.removeTies(scope, crewId);
    const credentials = await this.credentials.removeUnused(scope, madeFor, {
      action: 'crew.delete',
      entityId: crewId,
    });
    return { ...removedAgents, ...ties, credentials };
  }
}
