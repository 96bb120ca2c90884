import { Injectable } from '@nestjs/common';
import { AuditLogService, redactedDiff } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, raise, Transactions, type WorkspaceScope } from '#kernel';
import { blankToNullIfGiven, type Connection } from '../server-settings/connection-rules.js';
import { movedSecretFaults, secretsThatWouldMove } from '../server-settings/moved-secrets-rules.js';
import { credentialOf, settingsOf } from '../server-settings/sent-members-rules.js';
import type { GivenCredential } from '../server-settings/server-credential.service.js';
import type { SettingsWarning } from '../server-settings/server-settings.types.js';
import type { UpdateWorkspaceIntegrationDto } from './dto/update-workspace-integration.dto.js';
import type { WorkspaceIntegrationResponse } from './dto/workspace-integration.response.js';
import { refuseManaged } from './managed-integration-rules.js';
import { integrationErrors } from './workspace-integrations.errors.js';
import { toChangedResponse } from './workspace-integrations.mapper.js';
import {
  type WorkspaceIntegrationChange,
  WorkspaceIntegrationsRepository,
} from './workspace-integrations.repository.js';
import type { CountedWorkspaceIntegration } from './workspace-integrations.types.js';
import { WorkspaceSettingsService } from './workspace-settings.service.js';

/** Changing an MCP server of the workspace. */
@Injectable()
export class UpdateWorkspaceIntegrationService {
  constructor(
    private readonly repository: WorkspaceIntegrationsRepository,
    private readonly settings: WorkspaceSettingsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes what is given. The name stays.
   * @throws AppError `integration.not_found`, `integration.managed`, 400 naming the member, or `integration.secrets_would_move`.
   */
  update(
    scope: WorkspaceScope,
    id: string,
    body: LateBody<UpdateWorkspaceIntegrationDto>,
  ): Promise<WorkspaceIntegrationResponse> {
    body.parse();
    return this.#write(scope, id, (before) => this.#changeOf(scope, before, body.read()));
  }

  /**
   * The same for a feature that made the server, in the caller's transaction if there is one.
   * @throws AppError as {@link update}.
   */
  change(
    scope: WorkspaceScope,
    id: string,
    members: UpdateWorkspaceIntegrationDto,
  ): Promise<WorkspaceIntegrationResponse> {
    return this.#write(scope, id, (before) => this.#changeOf(scope, before, members));
  }

  /**
   * Makes the server send this credential for everybody whose binding names no other, in the caller's transaction if there
   * is one. Members that are not given stay.
   * @throws AppError `integration.not_found`, or 400 for the credential or a name.
   */
  attachCredential(scope: WorkspaceScope, id: string, given: GivenCredential): Promise<WorkspaceIntegrationResponse> {
    return this.#write(scope, id, async () => {
      const credential = await this.settings.prepareCredential(scope, given);
      return { warnings: [], change: { ...credential, updatedAt: this.clock.now() } };
    });
  }

  #write(
    scope: WorkspaceScope,
    id: string,
    changeOf: (
      before: CountedWorkspaceIntegration,
    ) => Promise<{ warnings: SettingsWarning[]; change: WorkspaceIntegrationChange }>,
  ): Promise<WorkspaceIntegrationResponse> {
    return this.transactions.run(async () => {
      // Two changes at once would each write the sealed column without the other's secret.
      await this.repository.hold(scope, id);
      const before = (await this.repository.findById(scope, id)) ?? raise(integrationErrors.notFound());
      refuseManaged(before);
      const { warnings, change } = await changeOf(before);
      await this.repository.update(scope, id, change);
      await this.audit.record(scope, {
        action: 'integration.update',
        entityType: 'INTEGRATION',
        entityId: id,
        entityName: before.name,
        metadata: redactedDiff({ ...before }, change),
      });
      const after = (await this.repository.findById(scope, id)) ?? raise(integrationErrors.notFound());
      return toChangedResponse(after, warnings);
    });
  }

  async #changeOf(scope: WorkspaceScope, before: CountedWorkspaceIntegration, dto: UpdateWorkspaceIntegrationDto) {
    const given = this.#connectionOf(before, dto);
    const sent = { ...settingsOf(dto), endpoint: given.endpoint };
    const { warnings, kept, columns } = await this.settings.prepare(scope, before.id, sent, {
      ...before,
      sealedLiterals: await this.repository.findSealedLiterals(scope, before.id),
    });
    const credential = await this.settings.prepareCredential(scope, credentialOf(dto));
    this.#refuseMoving(before, { ...given, ...credential }, kept);
    const change = {
      ...given,
      ...columns,
      ...credential,
      displayName: dto.display_name === undefined ? undefined : (blankToNullIfGiven(dto.display_name) ?? before.name),
      icon: blankToNullIfGiven(dto.icon),
      enabled: dto.enabled ?? undefined,
      locked: dto.locked ?? undefined,
      visibility: dto.visibility ?? undefined,
      updatedAt: this.clock.now(),
    };
    return { warnings, change };
  }

  #connectionOf(before: CountedWorkspaceIntegration, dto: UpdateWorkspaceIntegrationDto) {
    const given = {
      transport: dto.transport ?? undefined,
      endpoint: blankToNullIfGiven(dto.endpoint),
      command: blankToNullIfGiven(dto.command),
    };
    this.settings.checkEndpoint(given.endpoint ?? (given.transport === 'streamable-http' ? before.endpoint : null));
    if (given.transport !== undefined || given.endpoint !== undefined || given.command !== undefined) {
      this.settings.requireConnection(connectionAfter(before, given));
    }
    return given;
  }

  #refuseMoving(
    before: CountedWorkspaceIntegration,
    given: Partial<Connection> & GivenCredential,
    kept: readonly string[],
  ): void {
    const members = secretsThatWouldMove({
      from: before,
      to: connectionAfter(before, given),
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
}

function connectionAfter(before: Connection, given: Partial<Connection>): Connection {
  return {
    transport: given.transport ?? before.transport,
    endpoint: given.endpoint === undefined ? before.endpoint : given.endpoint,
    command: given.command === undefined ? before.command : given.command,
  };
}
