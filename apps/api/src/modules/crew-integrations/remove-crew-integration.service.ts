import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, raise, Transactions, type WorkspaceScope } from '#kernel';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { crewIntegrationErrors } from './crew-integrations.errors.js';
import { CrewIntegrationsRepository } from './crew-integrations.repository.js';
import { OwnedCredentialsRepository } from './owned-credentials.repository.js';

/** Taking an MCP server away from a crew. */
@Injectable()
export class RemoveCrewIntegrationService {
  constructor(
    private readonly repository: CrewIntegrationsRepository,
    private readonly credentials: OwnedCredentialsRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Removes the server with its bindings, its tool rows, and the credentials that were made for it and nothing else uses.
   * @throws AppError `crew_integration.not_found`.
   */
  remove(scope: WorkspaceScope, crewId: string, id: string): Promise<DeletedResponse> {
    return this.transactions.run(async () => {
      const before =
        (await this.repository.findByIdForUpdate(scope, crewId, id)) ?? raise(crewIntegrationErrors.notFound());
      await this.repository.remove(scope, crewId, id);
      const credentials = await this.credentials.removeUnused(scope, id, this.clock.now());
      const { agentBindingCount } = before.facts;
      await this.audit.record(scope, {
        action: 'crew_integration.delete',
        entityType: 'CREW_INTEGRATION',
        entityId: id,
        entityName: before.name,
        metadata: { agentBindingCount, credentialCount: credentials.length },
      });
      for (const credential of credentials) {
        await this.audit.record(scope, {
          action: 'credential.delete',
          entityType: 'CREDENTIAL',
          entityId: credential.id,
          entityName: credential.name,
          metadata: { reason: 'crew_integration.delete', crewIntegrationId: id },
        });
      }
      return { status: 'deleted' };
    });
  }
}
