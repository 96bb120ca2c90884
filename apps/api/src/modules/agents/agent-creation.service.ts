import { Injectable } from '@nestjs/common';
import { roleMay } from '#access';
import { AuditLogService, redacted } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, Ids, Transactions, type WorkspaceScope } from '#kernel';
import { given } from '../../platform/given.js';
import { AgentPlacementRepository } from './agent-placement.repository.js';
import { leadModeOf, raisedRole, requireCrewOfLead } from './agent-rules.js';
import { AgentWritingService } from './agent-writing.service.js';
import { agentErrors } from './agents.errors.js';
import { blankAgent, settingsOf } from './agents.mapper.js';
import type { Agent } from './agents.types.js';
import type { AgentResponse } from './dto/agent.response.js';
import type { CreateAgentDto } from './dto/create-agent.dto.js';

/** Making agents. */
@Injectable()
export class AgentCreationService {
  constructor(
    private readonly placement: AgentPlacementRepository,
    private readonly writing: AgentWritingService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Makes an agent. Order: the crew exists (400), the wider of workspace and crew role is MANAGER (403), the body (400). Whoever
   * would need a crew's role and names no crew that can be looked up is refused (403).
   * @throws AppError `agent.slug_taken`, `agent.lead_taken` (409).
   */
  async create(scope: WorkspaceScope, body: LateBody<CreateAgentDto>): Promise<AgentResponse> {
    const crewId = this.#crewIdOf(scope, body);
    if (crewId !== null && !(await this.placement.existsCrew(scope, crewId))) throw agentErrors.invalidCrew();
    await this.#requireManager(scope, crewId);
    const dto = body.read();
    return this.transactions.run(async () => {
      if (crewId !== null) await this.writing.holdCrew(scope, crewId);
      const agent = await this.#agentOf(scope, dto, crewId);
      await this.writing.insert(agent);
      await this.audit.record(scope, {
        action: 'agent.create',
        entityType: 'AGENT',
        entityId: agent.id,
        entityName: agent.name,
        metadata: redacted({ ...agent }),
      });
      return this.writing.answer(scope, agent.id);
    });
  }

  // What cannot be read names no crew whose role could raise the caller's: the role comes before the body.
  #crewIdOf(scope: WorkspaceScope, body: LateBody<CreateAgentDto>): string | null {
    try {
      return crewIdOf(body.peek('crew_id'));
    } catch (fault) {
      throw roleMay(scope.role, 'create') ? fault : agentErrors.forbidden({ cause: fault });
    }
  }

  async #requireManager(scope: WorkspaceScope, crewId: string | null): Promise<void> {
    if (roleMay(scope.role, 'create')) return;
    const { userId } = scope.actor;
    const crewRole = crewId && userId ? await this.placement.findCrewRole(scope, crewId, userId) : null;
    if (!roleMay(raisedRole(scope.role, crewRole), 'create')) throw agentErrors.forbidden();
  }

  async #agentOf(scope: WorkspaceScope, dto: CreateAgentDto, crewId: string | null): Promise<Agent> {
    const id = this.ids.next();
    const base = {
      id,
      workspaceId: scope.workspaceId,
      name: dto.name,
      slug: dto.slug,
      createdByUserId: scope.actor.userId,
    };
    const agentRole = dto.agent_role ?? 'AGENT';
    requireCrewOfLead({ agentRole, crewId });
    return {
      ...blankAgent(base, this.clock.now()),
      ...given(settingsOf(dto)),
      crewId,
      agentRole,
      leadMode: leadModeOf(agentRole, dto.lead_mode ?? null),
      mcpConfigJson: (await this.writing.sealedBlob(base, dto.mcp_config_json, null)) ?? null,
    };
  }
}

function crewIdOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  // It is looked up before the body is judged.
  if (typeof value !== 'string' || value.includes('\u0000')) throw agentErrors.invalidCrew();
  return value;
}
