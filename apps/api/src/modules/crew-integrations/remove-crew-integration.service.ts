import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { raise, Transactions, type WorkspaceScope } from '#kernel';
import { CredentialRemovalService } from '../credentials/credential-removal.service.js';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { crewIntegrationErrors } from './crew-integrations.errors.js';
import { CrewIntegrationsRepository } from './crew-integrations.repository.js';

/** Taking an MCP server away from a crew. */
@Injectable()
export class RemoveCrewIntegrationService {
  constructor(
    private readonly repository: CrewIntegrationsRepository,
    private readonly credentials: CredentialRemovalService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Removes the server with its bindings, its tool rows, and the credentials that were made for it and nothing else uses.
   * @throws AppError `crew_integration.not_found`.
   */
  remove(scope: WorkspaceScope, crewId: string, id: string): Promise<DeletedResponse> {
    return this.transactions.run(async () => {
      const before =
        (await this.repository.findByIdForUpdate(scope, crewId, id)) ?? raise(crewIntegrationErrors.notFound());
      const madeFor = await this.credentials.findMadeFor(scope, [id]);
      await this.repository.remove(scope, crewId, id);
      const cause = { action: 'crew_integration.delete', entityId: id };
      const credentials = await this.credentials.removeUnused(scope, madeFor, cause);
      const { agentBindingCount } = before.facts;
      await this.audit.record(scope, {
        action: 'crew_integration.delete',
        entityType: 'CREW_INTEGRATION',
        entityId: id,
        entityName: before.name,
        metadata: { agentBindingCount, credentialCount: credentials.length },
      });
      return { status: 'deleted' };
    });
  }
}
