import { Injectable } from '@nestjs/common';
import { redacted } from '#audit-log';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { AgentFoundingService, type FoundedAgent } from '../agents/agent-founding.service.js';
import { CrewWritingService } from './crew-writing.service.js';
import { blankCrew } from './crews.mapper.js';

/** The crew of a new workspace, and its lead. */
export interface FoundedCrew {
  name: string;
  slug: string;
  lead: Omit<FoundedAgent, 'crewId' | 'agentRole' | 'leadMode'>;
}

/** Makes crews of workspaces that are being made in the same transaction. */
@Injectable()
export class CrewFoundingService {
  constructor(
    private readonly writing: CrewWritingService,
    private readonly agents: AgentFoundingService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Makes a crew with its lead agent in the caller's transaction. The caller has judged the values. */
  async found(scope: WorkspaceScope, { name, slug, lead }: FoundedCrew): Promise<{ crewId: string; leadId: string }> {
    const crew = blankCrew({ id: this.ids.next(), workspaceId: scope.workspaceId, name, slug }, this.clock.now());
    await this.writing.insert(crew);
    await this.writing.record(scope, 'crew.create', crew, redacted({ ...crew }));
    const leadId = await this.agents.found(scope, { ...lead, crewId: crew.id, agentRole: 'LEAD', leadMode: 'active' });
    return { crewId: crew.id, leadId };
  }
}
