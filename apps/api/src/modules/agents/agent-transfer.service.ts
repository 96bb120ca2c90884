import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { leadModeOf, requireCrewOfLead } from './agent-rules.js';
import { AgentWritingService } from './agent-writing.service.js';
import { blankAgent } from './agents.mapper.js';
import type { Agent } from './agents.types.js';

/** An agent as it moves between instances. The crew is one of the workspace that it is put into, the blob is plain. */
export type TransferredAgent = Pick<
  Agent,
  | 'slug'
  | 'name'
  | 'crewId'
  | 'description'
  | 'roleTitle'
  | 'agentRole'
  | 'leadMode'
  | 'cliAdapter'
  | 'llmProvider'
  | 'llmModel'
  | 'systemPrompt'
  | 'avatarSeed'
  | 'avatarStyle'
  | 'avatarUrl'
  | 'timeoutSeconds'
  | 'toolProfile'
  | 'memoryEnabled'
  | 'cliTools'
  | 'suggestedPrompts'
  | 'askForms'
  | 'mcpConfigJson'
  | 'webhookRequireTimestamp'
  | 'workflowId'
>;

/** Puts whole agents into a workspace: bundles. */
@Injectable()
export class AgentTransferService {
  constructor(
    private readonly writing: AgentWritingService,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Adds agents in the caller's transaction, their blobs sealed, and answers their ids by slug. One statement, one audit row.
   * @throws AppError 400 for a blob that is none or a lead without a crew, `agent.slug_taken`, `agent.lead_taken`.
   */
  async import(scope: WorkspaceScope, agents: readonly TransferredAgent[]): Promise<ReadonlyMap<string, string>> {
    if (agents.length === 0) return new Map();
    const rows: Agent[] = [];
    for (const agent of agents) rows.push(await this.#rowOf(scope, agent));
    await this.writing.insertAll(rows);
    const metadata = { count: rows.length, slugs: rows.slice(0, 100).map(({ slug }) => slug) };
    await this.audit.record(scope, { action: 'agent.import', entityType: 'AGENT', entityId: null, metadata });
    return new Map(rows.map(({ slug, id }) => [slug, id]));
  }

  async #rowOf(scope: WorkspaceScope, agent: TransferredAgent): Promise<Agent> {
    requireCrewOfLead(agent);
    const { name, slug } = agent;
    const base = { id: this.ids.next(), workspaceId: scope.workspaceId, name, slug };
    return {
      ...blankAgent({ ...base, createdByUserId: scope.actor.userId }, this.clock.now()),
      ...agent,
      leadMode: leadModeOf(agent.agentRole, agent.leadMode),
      mcpConfigJson: (await this.writing.sealedBlob(base, agent.mcpConfigJson, null)) ?? null,
    };
  }
}
