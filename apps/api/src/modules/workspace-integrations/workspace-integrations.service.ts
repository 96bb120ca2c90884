import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted, redactedDiff } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, Ids, type Page, type PageRequest, raise, Transactions, type WorkspaceScope } from '#kernel';
import type { LiteralOwner, SealedPlace } from '#vault';
import { blankToNull, requireConnection } from '../server-settings/connection-rules.js';
import { ServerSettingsService } from '../server-settings/server-settings.service.js';
import type { CreateWorkspaceIntegrationDto } from './dto/create-workspace-integration.dto.js';
import type { UpdateWorkspaceIntegrationDto } from './dto/update-workspace-integration.dto.js';
import type { WorkspaceIntegrationResponse } from './dto/workspace-integration.response.js';
import { integrationErrors } from './workspace-integrations.errors.js';
import { toChangedResponse, toWorkspaceIntegrationResponse } from './workspace-integrations.mapper.js';
import { WorkspaceIntegrationsRepository } from './workspace-integrations.repository.js';
import type { CountedWorkspaceIntegration } from './workspace-integrations.types.js';

const entityType = 'INTEGRATION';

/** The MCP servers of a workspace. */
@Injectable()
export class WorkspaceIntegrationsService {
  constructor(
    private readonly repository: WorkspaceIntegrationsRepository,
    private readonly settings: ServerSettingsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One page of the workspace's servers, newest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<WorkspaceIntegrationResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    return { items: items.map(toWorkspaceIntegrationResponse), total };
  }

  /** @throws AppError `integration.not_found`, also for another workspace's. */
  async get(scope: WorkspaceScope, id: string): Promise<WorkspaceIntegrationResponse> {
    return toWorkspaceIntegrationResponse(await this.getRow(scope, id));
  }

  /** The stored row, for features that work on servers. */
  async getRow(scope: WorkspaceScope, id: string): Promise<CountedWorkspaceIntegration> {
    return (await this.repository.findById(scope, id)) ?? raise(integrationErrors.notFound());
  }

  /** Registers a server. */
  async create(scope: WorkspaceScope, dto: CreateWorkspaceIntegrationDto): Promise<WorkspaceIntegrationResponse> {
    const id = this.ids.next();
    const now = this.clock.now();
    const connection = {
      transport: dto.transport ?? 'streamable-http',
      endpoint: blankToNull(dto.endpoint),
      command: blankToNull(dto.command),
    };
    requireConnection(connection);
    this.settings.checkEndpoint(connection.endpoint);
    return this.transactions.run(async () => {
      const { warnings, ...columns } = await this.settings.prepare(
        scope,
        { endpoint: connection.endpoint, argsJson: dto.args_json, envJson: dto.env_json, configJson: dto.config_json },
        { owner: ownerOf(id), place: placeOf(scope, id), stored: null },
      );
      const row = {
        id,
        workspaceId: scope.workspaceId,
        name: dto.name,
        displayName: blankToNull(dto.display_name) ?? dto.name,
        ...connection,
        argsJson: null,
        envJson: null,
        configJson: null,
        sealedLiterals: null,
        ...columns,
        icon: blankToNull(dto.icon),
        enabled: true,
        locked: dto.locked ?? false,
        visibility: dto.visibility ?? 'auto',
        createdAt: now,
        updatedAt: now,
      } as const;
      await this.repository.insert(scope, row);
      await this.#record(scope, 'integration.create', row, redacted({ ...row }));
      return toChangedResponse({ ...row, agentBindingCount: 0, crewServerCount: 0 }, warnings);
    });
  }

  /** Changes a server. The name stays. */
  async update(
    scope: WorkspaceScope,
    id: string,
    body: LateBody<UpdateWorkspaceIntegrationDto>,
  ): Promise<WorkspaceIntegrationResponse> {
    return this.transactions.run(async () => {
      // Two changes at once would each write the sealed column without the other's secret.
      await this.repository.hold(scope, id);
      const before = await this.getRow(scope, id);
      const { warnings, ...change } = await this.#changeOf(scope, before, body.read());
      const found = await this.repository.update(scope, id, change);
      if (!found) throw integrationErrors.notFound();
      await this.#record(scope, 'integration.update', before, redactedDiff({ ...before }, change));
      return toChangedResponse(await this.getRow(scope, id), warnings);
    });
  }

  async #changeOf(scope: WorkspaceScope, before: CountedWorkspaceIntegration, dto: UpdateWorkspaceIntegrationDto) {
    const given = {
      transport: dto.transport ?? undefined,
      endpoint: dto.endpoint === undefined ? undefined : blankToNull(dto.endpoint),
      command: dto.command === undefined ? undefined : blankToNull(dto.command),
    };
    this.settings.checkEndpoint(given.endpoint ?? (given.transport === 'streamable-http' ? before.endpoint : null));
    if (given.transport !== undefined || given.endpoint !== undefined || given.command !== undefined) {
      requireConnection({
        transport: given.transport ?? before.transport,
        endpoint: given.endpoint === undefined ? before.endpoint : given.endpoint,
        command: given.command === undefined ? before.command : given.command,
      });
    }
    const prepared = await this.settings.prepare(
      scope,
      { endpoint: given.endpoint, argsJson: dto.args_json, envJson: dto.env_json, configJson: dto.config_json },
      {
        owner: ownerOf(before.id),
        place: placeOf(scope, before.id),
        stored: { ...before, sealedLiterals: await this.repository.findSealedLiterals(scope, before.id) },
      },
    );
    return {
      ...given,
      ...prepared,
      displayName: dto.display_name === undefined ? undefined : (blankToNull(dto.display_name) ?? before.name),
      icon: dto.icon === undefined ? undefined : blankToNull(dto.icon),
      enabled: dto.enabled ?? undefined,
      locked: dto.locked ?? undefined,
      visibility: dto.visibility ?? undefined,
      updatedAt: this.clock.now(),
    };
  }

  #record(
    scope: WorkspaceScope,
    action: string,
    row: { id: string; name: string },
    metadata: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(scope, { action, entityType, entityId: row.id, entityName: row.name, metadata });
  }
}

function ownerOf(rowId: string): LiteralOwner {
  return { kind: 'workspace', rowId };
}

function placeOf(scope: WorkspaceScope, rowId: string): SealedPlace {
  return { workspaceId: scope.workspaceId, table: 'workspace_integrations', column: 'sealed_literals', rowId };
}
