import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { raise, Transactions, type WorkspaceScope } from '#kernel';
import { CredentialRemovalService } from '../credentials/credential-removal.service.js';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { refuseManaged } from './managed-integration-rules.js';
import { integrationErrors } from './workspace-integrations.errors.js';
import { WorkspaceIntegrationsRepository } from './workspace-integrations.repository.js';

/** Taking an MCP server away from the workspace. */
@Injectable()
export class RemoveWorkspaceIntegrationService {
  constructor(
    private readonly repository: WorkspaceIntegrationsRepository,
    private readonly credentials: CredentialRemovalService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Removes the server with its crew rows, bindings and tool rows, and the credentials that were made for any of them and
   * that nothing else uses.
   * @throws AppError `integration.not_found`, `integration.managed`.
   */
  remove(scope: WorkspaceScope, id: string): Promise<DeletedResponse> {
    return this.transactions.run(async () => {
      await this.repository.hold(scope, id);
      const before = (await this.repository.findById(scope, id)) ?? raise(integrationErrors.notFound());
      refuseManaged(before);
      const crewRows = await this.repository.findCrewRowIds(scope, id);
      const madeFor = await this.credentials.findMadeFor(scope, [id, ...crewRows]);
      await this.repository.remove(scope, id);
      const cause = { action: 'integration.delete', entityId: id };
      const credentials = await this.credentials.removeUnused(scope, madeFor, cause);
      const { agentBindingCount, crewServerCount } = before;
      await this.audit.record(scope, {
        action: 'integration.delete',
        entityType: 'INTEGRATION',
        entityId: id,
        entityName: before.name,
        metadata: { agentBindingCount, crewServerCount, credentialCount: credentials.length },
      });
      return { status: 'deleted' };
    });
  }
}
