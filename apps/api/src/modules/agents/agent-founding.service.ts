import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { given } from '../../platform/given.js';
import { AgentWritingService } from './agent-writing.service.js';
import { blankAgent } from './agents.mapper.js';
import type { Agent } from './agents.types.js';

/** What an imported agent is; the rest is as for any new agent. */
export type FoundedAgent = Pick<Agent, 'name' | 'slug' | 'crewId' | 'agentRole' | 'leadMode'> &
  Partial<Omit<Agent, 'id' | 'workspaceId' | 'mcpConfigJson' | 'createdAt' | 'updatedAt'>>;

/** Makes agents of workspaces that are being made in the same transaction: nobody else knows their crews yet. */
@Injectable()
export class AgentFoundingService {
  constructor(
    private readonly writing: AgentWritingService,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Makes an agent in the caller's transaction and answers its id. The caller has judged the values. */
  async found(scope: WorkspaceScope, wish: FoundedAgent): Promise<string> {
    const base = {
      id: this.ids.next(),
      workspaceId: scope.workspaceId,
      name: wish.name,
      slug: wish.slug,
      createdByUserId: scope.actor.userId,
    };
    const agent: Agent = { ...blankAgent(base, this.clock.now()), ...given(wish) };
    await this.writing.insert(agent);
    await this.audit.record(scope, {
      action: 'agent.create',
      entityType: 'AGENT',
      entityId: agent.id,
      entityName: agent.name,
      metadata: redacted({ ...agent }),
    });
    return agent.id;
  }
}
