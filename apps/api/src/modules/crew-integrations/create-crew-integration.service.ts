import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, Ids, raise, Transactions, type WorkspaceScope } from '#kernel';
import { blankToNull } from '../server-settings/connection-rules.js';
import { crewIntegrationErrors } from './crew-integrations.errors.js';
import { toChangedResponse } from './crew-integrations.mapper.js';
import { CrewIntegrationsRepository, type NewCrewIntegration } from './crew-integrations.repository.js';
import type { LinkedServer } from './crew-integrations.types.js';
import { CrewSettingsService } from './crew-settings.service.js';
import type { CreateCrewIntegrationDto } from './dto/create-crew-integration.dto.js';
import type { CrewIntegrationResponse } from './dto/crew-integration.response.js';

/** Giving a crew an MCP server of its own, or an override of a workspace one. */
@Injectable()
export class CreateCrewIntegrationService {
  constructor(
    private readonly repository: CrewIntegrationsRepository,
    private readonly settings: CrewSettingsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws AppError 404 for the crew, 400 for the body or the link, 409 for the name; judged in this order. */
  create(
    scope: WorkspaceScope,
    crewId: string,
    body: LateBody<CreateCrewIntegrationDto>,
  ): Promise<CrewIntegrationResponse> {
    return this.transactions.run(async () => {
      if (!(await this.repository.holdCrew(scope, crewId))) throw crewIntegrationErrors.crewNotFound();
      const dto = body.read();
      const linkId = blankToNull(dto.workspace_mcp_server_id);
      const linked = linkId === null ? null : await this.#linked(scope, linkId, dto);
      const connection = connectionOf(dto, linked);
      this.settings.checkConnection(connection, linked);
      const id = this.ids.next();
      const { warnings, ...columns } = await this.settings.prepare(scope, id, dto, null);
      const row = {
        ...this.#basics(scope, dto, { id, crewId, workspaceIntegrationId: linkId }),
        ...connection,
        ...columns,
      };
      await this.repository.insert(scope, row);
      await this.audit.record(scope, {
        action: 'crew_integration.create',
        entityType: 'CREW_INTEGRATION',
        entityId: id,
        entityName: row.name,
        metadata: redacted({ ...row }),
      });
      const stored = await this.repository.findById(scope, crewId, id);
      return toChangedResponse(stored ?? raise(crewIntegrationErrors.notFound()), warnings);
    });
  }

  // What the row itself says about its connection is judged first: the reference names its faults before the link's.
  async #linked(scope: WorkspaceScope, linkId: string, dto: CreateCrewIntegrationDto): Promise<LinkedServer> {
    this.settings.checkEndpoint(blankToNull(dto.endpoint));
    return (
      (await this.repository.holdLinkable(scope, linkId)) ??
      raise(
        crewIntegrationErrors.linkNotFound({
          fields: [
            { field: 'workspace_mcp_server_id', code: 'not_found', message: 'No such integration in this workspace' },
          ],
        }),
      )
    );
  }

  #basics(
    scope: WorkspaceScope,
    dto: CreateCrewIntegrationDto,
    ids: Pick<NewCrewIntegration, 'id' | 'crewId' | 'workspaceIntegrationId'>,
  ) {
    const now = this.clock.now();
    return {
      ...ids,
      workspaceId: scope.workspaceId,
      name: dto.name,
      displayName: blankToNull(dto.display_name),
      argsJson: null,
      envJson: null,
      configJson: null,
      sealedLiterals: null,
      icon: blankToNull(dto.icon),
      enabled: true,
      visibility: dto.visibility ?? null,
      createdAt: now,
      updatedAt: now,
    };
  }
}

function connectionOf(dto: CreateCrewIntegrationDto, linked: LinkedServer | null) {
  return {
    transport: dto.transport ?? (linked === null ? ('streamable-http' as const) : null),
    endpoint: blankToNull(dto.endpoint),
    command: blankToNull(dto.command),
  };
}
