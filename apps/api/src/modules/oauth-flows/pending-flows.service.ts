import { Injectable } from '@nestjs/common';
import { roleMay } from '#access';
import { AuditLogService } from '#audit-log';
import { raise, Transactions, type WorkspaceScope } from '#kernel';
import { CredentialRemovalService } from '../credentials/credential-removal.service.js';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import type { FlowResponse } from './dto/flow.response.js';
import { FlowCredentialsRepository } from './flow-credentials.repository.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import { toFlowResponse } from './oauth-flows.mapper.js';
import { OauthFlowsRepository } from './oauth-flows.repository.js';
import type { Flow } from './oauth-flows.types.js';

/** Looking at flows and calling them off: one's own, or everybody's for those who manage the workspace. */
@Injectable()
export class PendingFlowsService {
  constructor(
    private readonly flows: OauthFlowsRepository,
    private readonly credentials: FlowCredentialsRepository,
    private readonly removal: CredentialRemovalService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** @throws AppError 404 `oauth.flow_not_found`, also for somebody else's. */
  async get(scope: WorkspaceScope, id: string): Promise<FlowResponse> {
    return toFlowResponse(await this.#find(scope, id));
  }

  /**
   * Removes a flow: its state works no more, and an exchange that is under way stores nothing. A credential that was made
   * for it alone and never connected goes with it.
   * @throws AppError 404 `oauth.flow_not_found`.
   */
  remove(scope: WorkspaceScope, id: string): Promise<DeletedResponse> {
    return this.transactions.run(async () => {
      const { credentialId, status, delivery } = await this.#find(scope, id);
      // The order in which a flow that is being completed takes its locks.
      await this.credentials.hold(scope, credentialId);
      if (!(await this.flows.remove(scope, id))) throw oauthFlowErrors.flowNotFound();
      await this.audit.record(scope, {
        action: 'oauth.cancel',
        entityType: 'OAUTH_FLOW',
        entityId: id,
        metadata: { credentialId, status, delivery },
      });
      if (await this.credentials.isAbandoned(scope, credentialId, id))
        await this.removal.removeUnused(scope, [credentialId], { action: 'oauth.cancel', entityId: id });
      return { status: 'deleted' };
    });
  }

  async #find(scope: WorkspaceScope, id: string): Promise<Flow> {
    const owner = roleMay(scope.role, 'manage') ? null : (scope.actor.userId ?? '');
    return (await this.flows.findById(scope, id, owner)) ?? raise(oauthFlowErrors.flowNotFound());
  }
}
