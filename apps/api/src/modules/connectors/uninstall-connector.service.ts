import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { raise, Transactions, type WorkspaceScope } from '#kernel';
import { RemoveCrewIntegrationService } from '../crew-integrations/remove-crew-integration.service.js';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { RemoveWorkspaceIntegrationService } from '../workspace-integrations/remove-workspace-integration.service.js';
import { connectorErrors } from './connectors.errors.js';
import { ConnectorsRepository } from './connectors.repository.js';

/** Taking installations away. */
@Injectable()
export class UninstallConnectorService {
  constructor(
    private readonly repository: ConnectorsRepository,
    private readonly workspace: RemoveWorkspaceIntegrationService,
    private readonly crews: RemoveCrewIntegrationService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Removes the integration with its bindings and tool rows, and the credentials that were made for it and that nothing
   * else uses. Works for connectors that have left the catalogue too.
   * @throws AppError 404 `connector.installation_not_found`.
   */
  uninstall(scope: WorkspaceScope, connectorId: string, integrationId: string): Promise<DeletedResponse> {
    return this.transactions.run(async () => {
      const found =
        (await this.repository.findInstallation(scope, connectorId, integrationId)) ??
        raise(connectorErrors.installationNotFound());
      const { crewId, displayName } = found;
      const answer =
        crewId === null
          ? await this.workspace.remove(scope, integrationId)
          : await this.crews.remove(scope, crewId, integrationId);
      await this.audit.record(scope, {
        action: 'connector.uninstall',
        entityType: 'CONNECTOR',
        entityId: integrationId,
        entityName: displayName,
        metadata: { connector_id: connectorId, display_name: displayName, crew_id: crewId },
      });
      return answer;
    });
  }
}
