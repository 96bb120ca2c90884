import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, Ids, raise, Transactions, type WorkspaceScope } from '#kernel';
import { blankToNull } from '../server-settings/connection-rules.js';
import { crewIntegrationErrors } from './crew-integrations.errors.js';
import { toChangedResponse, toDraft } from './crew-integrations.mapper.js';
import { CrewIntegrationsRepository, type NewCrewIntegration } from './crew-integrations.repository.js';
import type { CrewServerDraft, LinkedServer } from './crew-integrations.types.js';
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
  createFromBody(
    scope: WorkspaceScope,
    crewId: string,
    body: LateBody<CreateCrewIntegrationDto>,
  ): Promise<CrewIntegrationResponse> {
    return this.#create(scope, crewId, () => toDraft(body.read()));
  }

  /**
   * Checks, seals and stores a server and records `crew_integration.create`, in the caller's transaction if there is one.
   * @throws AppError 404 for the crew, 400 naming the member as in a request, 409 `crew_integration.name_taken`.
   */
  create(scope: WorkspaceScope, crewId: string, draft: CrewServerDraft): Promise<CrewIntegrationResponse> {
    return this.#create(scope, crewId, () => draft);
  }

  #create(scope: WorkspaceScope, crewId: string, read: () => CrewServerDraft): Promise<CrewIntegrationResponse> {
    return this.transactions.run(async () => {
      if (!(await this.repository.holdCrew(scope, crewId))) throw crewIntegrationErrors.crewNotFound();
      const draft = read();
      const linkId = blankToNull(draft.workspaceIntegrationId);
      const linked = linkId === null ? null : await this.#linked(scope, linkId, draft);
      const connection = connectionOf(draft, linked);
      this.settings.checkConnection(connection, linked);
      const id = this.ids.next();
      const { warnings, columns } = await this.settings.prepare(scope, id, draft, null);
      const credential = await this.settings.prepareNewCredential(scope, crewId, draft);
      const row = {
        ...this.#basics(scope, draft, { id, crewId, workspaceIntegrationId: linkId }),
        ...connection,
        ...columns,
        ...credential,
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
  async #linked(scope: WorkspaceScope, linkId: string, draft: CrewServerDraft): Promise<LinkedServer> {
    this.settings.checkEndpoint(blankToNull(draft.endpoint));
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
    draft: CrewServerDraft,
    ids: Pick<NewCrewIntegration, 'id' | 'crewId' | 'workspaceIntegrationId'>,
  ) {
    const now = this.clock.now();
    return {
      ...ids,
      workspaceId: scope.workspaceId,
      name: draft.name,
      displayName: blankToNull(draft.displayName),
      argsJson: null,
      envJson: null,
      configJson: null,
      sealedLiterals: null,
      icon: blankToNull(draft.icon),
      enabled: draft.enabled ?? true,
      visibility: draft.visibility ?? null,
      origin: draft.origin ?? 'custom',
      originRef: draft.originRef ?? null,
      createdAt: now,
      updatedAt: now,
    };
  }
}

function connectionOf(draft: CrewServerDraft, linked: LinkedServer | null) {
  return {
    transport: draft.transport ?? (linked === null ? ('streamable-http' as const) : null),
    endpoint: blankToNull(draft.endpoint),
    command: blankToNull(draft.command),
  };
}
