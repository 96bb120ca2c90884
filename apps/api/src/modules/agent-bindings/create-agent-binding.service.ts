import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { LateBody } from '#http';
import { Clock, Ids, raise, Transactions, type WorkspaceScope } from '#kernel';
import { agentBindingErrors } from './agent-bindings.errors.js';
import { toChangedResponse } from './agent-bindings.mapper.js';
import { AgentBindingsRepository } from './agent-bindings.repository.js';
import type { BoundServer } from './agent-bindings.types.js';
import { BindingSettingsService, type PreparedBinding } from './binding-settings.service.js';
import type { AgentBindingResponse } from './dto/agent-binding.response.js';
import { CreateAgentBindingDto } from './dto/create-agent-binding.dto.js';

/** Binding a server to an agent. */
@Injectable()
export class CreateAgentBindingService {
  constructor(
    private readonly repository: AgentBindingsRepository,
    private readonly settings: BindingSettingsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws AppError 404 for the agent, 400 for the body, the server or the credential, 409; judged in this order. */
  create(scope: WorkspaceScope, agentId: string, body: LateBody<CreateAgentBindingDto>): Promise<AgentBindingResponse> {
    return this.transactions.run(async () => {
      const agent = await this.settings.holdAgent(scope, agentId);
      const dto = body.read();
      const server: BoundServer = { scope: dto.mcp_server_scope, id: dto.mcp_server_id };
      await this.settings.holdServer(scope, server, agent.crewId);
      const id = this.ids.next();
      const { columns, warnings } = await this.settings.prepare(scope, dto, {
        id,
        crewId: agent.crewId,
        stored: null,
      });
      const row = this.#rowOf(scope, dto, { id, agentId, server }, columns);
      await this.repository.insert(scope, row);
      const stored = (await this.repository.findById(scope, agentId, id)) ?? raise(agentBindingErrors.notFound());
      await this.audit.record(scope, {
        action: 'agent_binding.create',
        entityType: 'AGENT_BINDING',
        entityId: id,
        entityName: stored.serverName,
        metadata: redacted({ ...row }),
      });
      return toChangedResponse(stored, warnings);
    });
  }

  /** The same with members that a feature of ours has at hand, in the words of a body. */
  createGiven(scope: WorkspaceScope, agentId: string, members: object): Promise<AgentBindingResponse> {
    return this.create(scope, agentId, LateBody.of(CreateAgentBindingDto, members));
  }

  #rowOf(
    scope: WorkspaceScope,
    dto: CreateAgentBindingDto,
    ids: { id: string; agentId: string; server: BoundServer },
    columns: PreparedBinding,
  ) {
    const now = this.clock.now();
    return {
      ...ids,
      workspaceId: scope.workspaceId,
      credentialId: columns.credentialId ?? null,
      credType: dto.cred_type ?? 'bearer',
      credHeader: columns.credHeader ?? null,
      envVarName: columns.envVarName ?? null,
      enabled: dto.enabled ?? true,
      configOverrideJson: columns.configOverrideJson ?? null,
      sealedLiterals: columns.sealedLiterals ?? null,
      createdAt: now,
      updatedAt: now,
    } as const;
  }
}
