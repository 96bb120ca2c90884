import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted, redactedDiff } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, Ids, type Page, type PageRequest, Transactions, type WorkspaceScope } from '#kernel';
import type { RefreshToolsDto } from './dto/refresh-tools.dto.js';
import type { ToolBindingResponse } from './dto/tool-binding.response.js';
import type { ToolsRefreshedResponse } from './dto/tools-refreshed.response.js';
import type { UpdateToolBindingDto } from './dto/update-tool-binding.dto.js';
import { toolBindingErrors } from './tool-bindings.errors.js';
import { toToolBindingResponse } from './tool-bindings.mapper.js';
import { ToolBindingsRepository } from './tool-bindings.repository.js';
import { distinctTools, toToolName } from './tool-names.js';

/** A crew's server, by its path. */
export interface ServerPath {
  crewId: string;
  integrationId: string;
}

/** Which tools of a crew's server are offered. */
@Injectable()
export class ToolBindingsService {
  constructor(
    private readonly repository: ToolBindingsRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One page of the recorded tools, by name. @throws AppError `tool_binding.server_not_found`. */
  async list(scope: WorkspaceScope, server: ServerPath, page: PageRequest): Promise<Page<ToolBindingResponse>> {
    const found = await this.repository.hasServer(scope, server.crewId, server.integrationId);
    if (!found) throw toolBindingErrors.serverNotFound();
    const { items, total } = await this.repository.findMany(scope, server.integrationId, page);
    return { items: items.map(toToolBindingResponse), total };
  }

  /** Switches a tool on or off, or describes it. @throws AppError 400 for the name, 404 for the server, 400 for the body. */
  async update(
    scope: WorkspaceScope,
    server: ServerPath,
    sentName: string,
    body: LateBody<UpdateToolBindingDto>,
  ): Promise<ToolBindingResponse> {
    const toolName = toToolName(sentName);
    return this.transactions.run(async () => {
      await this.#hold(scope, server);
      const dto = body.read();
      const change = { enabled: dto.enabled ?? undefined, description: dto.description };
      if (change.enabled === undefined && change.description === undefined) throw toolBindingErrors.nothingGiven();
      const before = await this.repository.findByName(scope, server.integrationId, toolName);
      const after = await this.repository.upsert(scope, server.integrationId, toolName, {
        ...change,
        id: this.ids.next(),
        now: this.clock.now(),
      });
      await this.audit.record(scope, {
        action: 'tool_binding.update',
        entityType: 'TOOL_BINDING',
        entityId: after.id,
        entityName: toolName,
        metadata: {
          crewIntegrationId: server.integrationId,
          ...(before ? redactedDiff({ ...before }, change) : redacted({ enabled: after.enabled })),
        },
      });
      return toToolBindingResponse(after);
    });
  }

  /** Records the tools that a server listed. Switches stay as they are, tools that are not in the list stay. */
  async refresh(
    scope: WorkspaceScope,
    server: ServerPath,
    body: LateBody<RefreshToolsDto>,
  ): Promise<ToolsRefreshedResponse> {
    return this.transactions.run(async () => {
      await this.#hold(scope, server);
      const sent = body.read().tools ?? [];
      const tools = distinctTools(sent).map((tool) => ({ ...tool, id: this.ids.next() }));
      if (tools.length === 0) return { created: 0, updated: 0, total: sent.length };
      const counts = await this.repository.merge(scope, server.integrationId, tools, this.clock.now());
      await this.audit.record(scope, {
        action: 'tool_binding.refresh',
        entityType: 'CREW_INTEGRATION',
        entityId: server.integrationId,
        metadata: { ...counts, total: sent.length },
      });
      return { ...counts, total: sent.length };
    });
  }

  async #hold(scope: WorkspaceScope, { crewId, integrationId }: ServerPath): Promise<void> {
    const found = await this.repository.holdServer(scope, crewId, integrationId);
    if (!found) throw toolBindingErrors.serverNotFound();
  }
}
