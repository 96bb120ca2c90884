import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppError, raise, Transactions, type WorkspaceScope } from '#kernel';
import { OauthTokensService } from '../oauth-tokens/oauth-tokens.service.js';
import { type FlowCredential, FlowCredentialsRepository } from './flow-credentials.repository.js';
import type { Redeemed } from './flow-exchange.service.js';
import { targetOf } from './flow-target.js';
import { FlowTargets } from './flow-targets.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import { OauthFlowsRepository } from './oauth-flows.repository.js';
import type { CompletedFlow, ConnectedServer, Flow } from './oauth-flows.types.js';

/** Codes of a name that somebody else took between our look and our write: the next number is tried then. */
const nameTaken: ReadonlySet<string> = new Set(['integration.name_taken', 'crew_integration.name_taken']);
const mostAttempts = 4;

/** Writes what a flow brought: the tokens, the server that they are for, and the end of the flow, or none of it. */
@Injectable()
export class FlowStore {
  constructor(
    private readonly flows: OauthFlowsRepository,
    private readonly credentials: FlowCredentialsRepository,
    private readonly tokens: OauthTokensService,
    private readonly targets: FlowTargets,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Stores tokens for a flow, or for a request that a client made by itself (null).
   * @throws AppError when the credential, the flow or its target is gone; nothing is stored then.
   */
  async store(
    scope: WorkspaceScope,
    credential: FlowCredential,
    flow: Flow | null,
    redeemed: Redeemed,
  ): Promise<CompletedFlow> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.transactions.run(() => this.#write(scope, credential, flow, redeemed));
      } catch (error) {
        const mayRetry = error instanceof AppError && nameTaken.has(error.code) && attempt < mostAttempts;
        if (!mayRetry) throw error;
      }
    }
  }

  async #write(
    scope: WorkspaceScope,
    credential: FlowCredential,
    flow: Flow | null,
    redeemed: Redeemed,
  ): Promise<CompletedFlow> {
    const status = (await this.credentials.hold(scope, credential.id)) ?? raise(oauthFlowErrors.credentialGone());
    // Whoever revoked it while the code was being exchanged did not know of these tokens, and meant them as well.
    if (status === 'REVOKED' && credential.status !== 'REVOKED') throw oauthFlowErrors.revokedMeanwhile();
    await this.tokens.store(scope, credential.id, redeemed.tokens);
    await this.credentials.update(scope, credential.id, redeemed.facts);
    const server = flow === null ? null : await this.#attach(scope, credential, flow);
    if (flow !== null) await this.#complete(flow, server);
    await this.audit.record(scope, {
      action: 'oauth.connect',
      entityType: 'OAUTH_FLOW',
      entityId: flow?.id ?? null,
      entityName: credential.name,
      metadata: { credentialId: credential.id, delivery: flow?.delivery ?? null, integrationId: server?.id ?? null },
    });
    return { flowId: flow?.id ?? null, credentialId: credential.id, server };
  }

  async #attach(scope: WorkspaceScope, credential: FlowCredential, flow: Flow): Promise<ConnectedServer | null> {
    const target = targetOf(flow);
    if (target === null) return null;
    const server = await this.targets.attach(scope, credential, target);
    // From now on a credential that was made for this connection goes with the server.
    if (credential.autoCreatedFor !== null)
      await this.credentials.update(scope, credential.id, { autoCreatedFor: server.id });
    return server;
  }

  async #complete(flow: Flow, server: ConnectedServer | null): Promise<void> {
    const columns = {
      workspaceIntegrationId: server?.scope === 'workspace' ? server.id : null,
      crewIntegrationId: server?.scope === 'crew' ? server.id : null,
    };
    if (!(await this.flows.complete(flow.id, columns))) throw oauthFlowErrors.cancelled();
  }
}
