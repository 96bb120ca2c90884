import { Injectable } from '@nestjs/common';
import { AuditLogService, redactedDiff } from '#audit-log';
import { Clock, raise, Transactions, type WorkspaceScope } from '#kernel';
import { blankToNullIfGiven } from '../server-settings/connection-rules.js';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import { crewIntegrationErrors } from './crew-integrations.errors.js';
import { toChangedResponse } from './crew-integrations.mapper.js';
import { type CrewIntegrationChange, CrewIntegrationsRepository } from './crew-integrations.repository.js';
import type { DetailedCrewIntegration } from './crew-integrations.types.js';
import { CrewSettingsService } from './crew-settings.service.js';
import type { CrewIntegrationResponse } from './dto/crew-integration.response.js';
import type { UpdateCrewIntegrationDto } from './dto/update-crew-integration.dto.js';

/** Changing a crew's MCP server. */
@Injectable()
export class UpdateCrewIntegrationService {
  constructor(
    private readonly repository: CrewIntegrationsRepository,
    private readonly settings: CrewSettingsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Changes what is given. Name, crew and link stay. @throws AppError `crew_integration.not_found`, or 400. */
  update(
    scope: WorkspaceScope,
    crewId: string,
    id: string,
    dto: UpdateCrewIntegrationDto,
  ): Promise<CrewIntegrationResponse> {
    return this.transactions.run(async () => {
      const before =
        (await this.repository.findByIdForUpdate(scope, crewId, id)) ?? raise(crewIntegrationErrors.notFound());
      const { warnings, change } = await this.#changeOf(scope, before, dto);
      await this.repository.update(scope, crewId, id, change);
      await this.audit.record(scope, {
        action: 'crew_integration.update',
        entityType: 'CREW_INTEGRATION',
        entityId: id,
        entityName: before.name,
        metadata: redactedDiff({ ...before }, change),
      });
      const after = await this.repository.findById(scope, crewId, id);
      return toChangedResponse(after ?? raise(crewIntegrationErrors.notFound()), warnings);
    });
  }

  async #changeOf(
    scope: WorkspaceScope,
    before: DetailedCrewIntegration,
    dto: UpdateCrewIntegrationDto,
  ): Promise<{ warnings: SettingsWarning[]; change: CrewIntegrationChange }> {
    const connection = this.#connectionOf(before, dto);
    const { warnings, ...columns } = await this.settings.prepare(scope, before.id, dto, {
      envJson: before.envJson,
      configJson: before.configJson,
      sealedLiterals: await this.repository.findSealedLiterals(scope, before.id),
    });
    const change = {
      ...connection,
      ...columns,
      displayName: blankToNullIfGiven(dto.display_name),
      icon: blankToNullIfGiven(dto.icon),
      enabled: dto.enabled ?? undefined,
      visibility: dto.visibility,
      updatedAt: this.clock.now(),
    };
    return { warnings, change };
  }

  // A change that leaves the connection alone is not judged by it: an override that its parent broke can still be switched off.
  #connectionOf(before: DetailedCrewIntegration, dto: UpdateCrewIntegrationDto) {
    const given = {
      transport: before.linked === null ? (dto.transport ?? undefined) : dto.transport,
      endpoint: blankToNullIfGiven(dto.endpoint),
      command: blankToNullIfGiven(dto.command),
    };
    if (given.transport === undefined && given.endpoint === undefined && given.command === undefined) return given;
    const own = {
      transport: given.transport === undefined ? before.transport : given.transport,
      endpoint: given.endpoint === undefined ? before.endpoint : given.endpoint,
      command: given.command === undefined ? before.command : given.command,
    };
    this.settings.checkConnection(own, before.linked);
    return given;
  }
}
