import { Injectable } from '@nestjs/common';
import { AuditLogService, redactedDiff } from '#audit-log';
import { Clock, raise, Transactions, type WorkspaceScope } from '#kernel';
import { agentBindingErrors } from './agent-bindings.errors.js';
import { toChangedResponse } from './agent-bindings.mapper.js';
import { AgentBindingsRepository } from './agent-bindings.repository.js';
import { BindingSettingsService } from './binding-settings.service.js';
import type { UpdateAgentBindingDto } from './dto/update-agent-binding.dto.js';
import type { UpdatedAgentBindingResponse } from './dto/updated-agent-binding.response.js';

/** Changing a binding. */
@Injectable()
export class UpdateAgentBindingService {
  constructor(
    private readonly repository: AgentBindingsRepository,
    private readonly settings: BindingSettingsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes what is given. Agent and server stay. `name` is the id of the binding, or of its server.
   * @throws AppError `agent_binding.not_found`, or 400 for the credential, a name, the override or nothing given.
   */
  update(
    scope: WorkspaceScope,
    agentId: string,
    name: string,
    dto: UpdateAgentBindingDto,
  ): Promise<UpdatedAgentBindingResponse> {
    return this.transactions.run(async () => {
      const before =
        (await this.repository.findNamedForUpdate(scope, agentId, name)) ?? raise(agentBindingErrors.notFound());
      const { columns, warnings } = await this.settings.prepare(scope, dto, {
        id: before.id,
        crewId: before.agentCrewId,
        stored: {
          configOverrideJson: before.configOverrideJson,
          sealedLiterals: await this.repository.findSealedLiterals(scope, before.id),
        },
      });
      const given = { ...columns, credType: dto.cred_type ?? undefined, enabled: dto.enabled ?? undefined };
      if (Object.values(given).every((value) => value === undefined)) throw agentBindingErrors.nothingGiven();
      await this.repository.update(scope, before.id, { ...given, updatedAt: this.clock.now() });
      await this.audit.record(scope, {
        action: 'agent_binding.update',
        entityType: 'AGENT_BINDING',
        entityId: before.id,
        entityName: before.serverName,
        metadata: redactedDiff({ ...before }, given),
      });
      const after = await this.repository.findById(scope, agentId, before.id);
      return { ...toChangedResponse(after ?? raise(agentBindingErrors.notFound()), warnings), status: 'updated' };
    });
  }
}
