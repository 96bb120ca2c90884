import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { Clock, Ids, raise, Transactions, type WorkspaceScope } from '#kernel';
import { blankToNull } from '../server-settings/connection-rules.js';
import type { WorkspaceIntegrationResponse } from './dto/workspace-integration.response.js';
import { integrationErrors } from './workspace-integrations.errors.js';
import { toChangedResponse } from './workspace-integrations.mapper.js';
import { type NewWorkspaceIntegration, WorkspaceIntegrationsRepository } from './workspace-integrations.repository.js';
import type { WorkspaceServerDraft } from './workspace-integrations.types.js';
import { WorkspaceSettingsService } from './workspace-settings.service.js';

/** Registering an MCP server of the workspace, for a request or for a feature that makes servers. */
@Injectable()
export class CreateWorkspaceIntegrationService {
  constructor(
    private readonly repository: WorkspaceIntegrationsRepository,
    private readonly settings: WorkspaceSettingsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Checks, seals and stores a server and records `integration.create`, in the caller's transaction if there is one.
   * @throws AppError 400 naming the member as in a request, or 409 `integration.name_taken`.
   */
  create(scope: WorkspaceScope, draft: WorkspaceServerDraft): Promise<WorkspaceIntegrationResponse> {
    const connection = {
      transport: draft.transport ?? ('streamable-http' as const),
      endpoint: blankToNull(draft.endpoint),
      command: blankToNull(draft.command),
    };
    this.settings.requireConnection(connection);
    this.settings.checkEndpoint(connection.endpoint);
    return this.transactions.run(async () => {
      const id = this.ids.next();
      const sent = { ...draft, endpoint: connection.endpoint };
      const { warnings, columns } = await this.settings.prepare(scope, id, sent, null);
      const credential = await this.settings.prepareNewCredential(scope, draft);
      const row = { ...this.#basics(scope, id, draft), ...connection, ...columns, ...credential };
      await this.repository.insert(scope, row);
      await this.audit.record(scope, {
        action: 'integration.create',
        entityType: 'INTEGRATION',
        entityId: id,
        entityName: row.name,
        metadata: redacted({ ...row }),
      });
      const stored = await this.repository.findById(scope, id);
      return toChangedResponse(stored ?? raise(integrationErrors.notFound()), warnings);
    });
  }

  #basics(scope: WorkspaceScope, id: string, draft: WorkspaceServerDraft) {
    const now = this.clock.now();
    return {
      id,
      workspaceId: scope.workspaceId,
      name: draft.name,
      displayName: blankToNull(draft.displayName) ?? draft.name,
      argsJson: null,
      envJson: null,
      configJson: null,
      sealedLiterals: null,
      icon: blankToNull(draft.icon),
      enabled: draft.enabled ?? true,
      locked: draft.locked ?? false,
      visibility: draft.visibility ?? 'auto',
      origin: draft.origin ?? 'custom',
      originRef: draft.originRef ?? null,
      createdAt: now,
      updatedAt: now,
    } satisfies Partial<NewWorkspaceIntegration>;
  }
}
