import { Injectable } from '@nestjs/common';
import { AuditLogService, redactedDiff } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import { AgentGateService } from './agent-gate.service.js';
import { AgentRemovalService } from './agent-removal.service.js';
import { leadModeOf, requireCrewOfLead } from './agent-rules.js';
import { AgentWritingService } from './agent-writing.service.js';
import { agentErrors } from './agents.errors.js';
import { settingsOf } from './agents.mapper.js';
import type { AgentChange } from './agents.repository.js';
import type { AgentInContext } from './agents.types.js';
import type { AgentResponse } from './dto/agent.response.js';
import type { UpdateAgentDto } from './dto/update-agent.dto.js';

/** Changing and deleting agents. */
@Injectable()
export class AgentChangesService {
  constructor(
    private readonly gate: AgentGateService,
    private readonly writing: AgentWritingService,
    private readonly removal: AgentRemovalService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes an agent. Making it LEAD demotes the crew's previous lead; leaving a crew removes what the agent said of
   * that crew's servers, and nothing else.
   * @throws AppError `agent.nothing_to_update` (400), `agent.slug_taken`, `agent.lead_taken` (409).
   */
  update(scope: WorkspaceScope, id: string, body: LateBody<UpdateAgentDto>): Promise<AgentResponse> {
    return this.transactions.run(async () => {
      const before = await this.gate.lockEditable(scope, id);
      const dto = body.read();
      const change = { ...settingsOf(dto), ...placeOf(before, dto), ...(await this.#blobOf(before, dto)) };
      if (Object.values(change).every((value) => value === undefined)) throw agentErrors.nothingToUpdate();
      const after = { crewId: pick(change.crewId, before.crewId), agentRole: change.agentRole ?? before.agentRole };
      requireCrewOfLead(after);
      const moved = await this.#settle(scope, before, { ...after, promoted: dto.agent_role === 'LEAD' });
      const updated = { ...change, updatedAt: this.clock.now() };
      await this.writing.update(scope, id, updated);
      await this.#record(scope, 'agent.update', before, { ...redactedDiff({ ...before }, updated), ...moved });
      return this.writing.answer(scope, id);
    });
  }

  /** Deletes an agent with its bindings and credential grants: it influences nobody afterwards. */
  remove(scope: WorkspaceScope, id: string): Promise<{ success: true }> {
    return this.transactions.run(async () => {
      const before = await this.gate.lockEditable(scope, id);
      const { bindings, grants } = await this.removal.remove(scope, { id }, this.clock.now());
      await this.#record(scope, 'agent.delete', before, { bindings, grants });
      return { success: true };
    });
  }

  // What else has to happen in the crews: the old lead steps back before the unique index looks.
  async #settle(
    scope: WorkspaceScope,
    before: AgentInContext,
    after: { crewId: string | null; promoted: boolean },
  ): Promise<{ demoted?: string[]; bindingsRemoved?: number }> {
    const moves = after.crewId !== before.crewId;
    if (after.crewId !== null && (moves || after.promoted)) {
      await this.writing.holdCrew(scope, after.crewId, { lead: after.promoted });
    }
    return {
      ...(after.crewId !== null &&
        after.promoted && {
          demoted: await this.writing.demoteOthers(scope, after.crewId, before.id, this.clock.now()),
        }),
      ...(moves &&
        before.crewId !== null && {
          bindingsRemoved: await this.removal.leaveCrew(scope, before.id, before.crewId),
        }),
    };
  }

  async #blobOf(before: AgentInContext, dto: UpdateAgentDto): Promise<Pick<AgentChange, 'mcpConfigJson'>> {
    return { mcpConfigJson: await this.writing.sealedBlob(before, dto.mcp_config_json, before.mcpConfigJson) };
  }

  #record(
    scope: WorkspaceScope,
    action: string,
    { id, name }: AgentInContext,
    metadata: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(scope, { action, entityType: 'AGENT', entityId: id, entityName: name, metadata });
  }
}

function placeOf(before: AgentInContext, dto: UpdateAgentDto): Pick<AgentChange, 'crewId' | 'agentRole' | 'leadMode'> {
  const agentRole = dto.agent_role ?? undefined;
  const touchesMode = agentRole !== undefined || dto.lead_mode !== undefined;
  const mode = dto.lead_mode === undefined ? before.leadMode : dto.lead_mode;
  return {
    crewId: dto.crew_id === '' ? undefined : dto.crew_id,
    agentRole,
    leadMode: touchesMode ? leadModeOf(agentRole ?? before.agentRole, mode) : undefined,
  };
}

function pick<T>(given: T | undefined, stored: T): T {
  return given === undefined ? stored : given;
}
