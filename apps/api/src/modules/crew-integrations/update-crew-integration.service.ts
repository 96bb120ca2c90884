import { Injectable } from '@nestjs/common';
import { AuditLogService, redactedDiff } from '#audit-log';
import { Clock, raise, Transactions, type WorkspaceScope } from '#kernel';
import { blankToNullIfGiven } from '../server-settings/connection-rules.js';
import { movedSecretFaults, secretsThatWouldMove } from '../server-settings/moved-secrets-rules.js';
import { credentialOf, settingsOf } from '../server-settings/sent-members-rules.js';
import type { GivenCredential } from '../server-settings/server-credential.service.js';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import { integrationErrors } from '../workspace-integrations/workspace-integrations.errors.js';
import { crewIntegrationErrors } from './crew-integrations.errors.js';
import { toChangedResponse } from './crew-integrations.mapper.js';
import { type CrewIntegrationChange, CrewIntegrationsRepository } from './crew-integrations.repository.js';
import type { DetailedCrewIntegration } from './crew-integrations.types.js';
import { CrewSettingsService } from './crew-settings.service.js';
import type { CrewIntegrationResponse } from './dto/crew-integration.response.js';
import type { UpdateCrewIntegrationDto } from './dto/update-crew-integration.dto.js';
import { effectiveConnection, type OwnConnection } from './inheritance.js';

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
    return this.#write(scope, crewId, id, (before) => this.#changeOf(scope, before, dto));
  }

  /**
   * Makes the server send this credential for the crew's agents whose binding names no other, in the caller's transaction
   * if there is one. Members that are not given stay.
   * @throws AppError `crew_integration.not_found`, or 400 for the credential or a name.
   */
  attachCredential(
    scope: WorkspaceScope,
    crewId: string,
    id: string,
    given: GivenCredential,
  ): Promise<CrewIntegrationResponse> {
    return this.#write(scope, crewId, id, async () => {
      const credential = await this.settings.prepareCredential(scope, crewId, given);
      return { warnings: [], change: { ...credential, updatedAt: this.clock.now() } };
    });
  }

  #write(
    scope: WorkspaceScope,
    crewId: string,
    id: string,
    changeOf: (before: DetailedCrewIntegration) => Promise<PreparedChange>,
  ): Promise<CrewIntegrationResponse> {
    return this.transactions.run(async () => {
      const before =
        (await this.repository.findByIdForUpdate(scope, crewId, id)) ?? raise(crewIntegrationErrors.notFound());
      const { warnings, change } = await changeOf(before);
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
  ): Promise<PreparedChange> {
    const connection = this.#connectionOf(before, dto);
    const sent = { ...settingsOf(dto), endpoint: dto.endpoint };
    const { warnings, kept, columns } = await this.settings.prepare(scope, before.id, sent, {
      envJson: before.envJson,
      configJson: before.configJson,
      sealedLiterals: await this.repository.findSealedLiterals(scope, before.id),
    });
    const credential = await this.settings.prepareCredential(scope, before.crewId, credentialOf(dto));
    refuseMoving(before, { ...connection, ...credential }, kept);
    const change = {
      ...connection,
      ...columns,
      ...credential,
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
    this.settings.checkConnection(ownAfter(before, given), before.linked);
    return given;
  }
}

interface PreparedChange {
  warnings: SettingsWarning[];
  change: CrewIntegrationChange;
}

function ownAfter(before: OwnConnection, given: Partial<OwnConnection>): OwnConnection {
  return {
    transport: given.transport === undefined ? before.transport : given.transport,
    endpoint: given.endpoint === undefined ? before.endpoint : given.endpoint,
    command: given.command === undefined ? before.command : given.command,
  };
}

function refuseMoving(
  before: DetailedCrewIntegration,
  given: Partial<OwnConnection> & GivenCredential,
  kept: readonly string[],
): void {
  const members = secretsThatWouldMove({
    from: effectiveConnection(before, before.linked),
    to: effectiveConnection(ownAfter(before, given), before.linked),
    kept,
    credentialId: before.credentialId,
    givenCredentialId: given.credentialId,
  });
  if (members.length === 0) return;
  throw integrationErrors.secretsWouldMove({
    params: { members: members.join(', ') },
    fields: movedSecretFaults(members),
  });
}
