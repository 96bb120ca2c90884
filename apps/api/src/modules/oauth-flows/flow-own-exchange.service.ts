import { Injectable } from '@nestjs/common';
import { Random, type Secret, type WorkspaceScope } from '#kernel';
import { FlowCredentials } from './flow-credentials.service.js';
import { FlowExchange } from './flow-exchange.service.js';
import { FlowRedirects } from './flow-redirects.service.js';
import { FlowStore } from './flow-store.service.js';
import type { CompletedFlow } from './oauth-flows.types.js';

/** Exchanges codes of authorization requests that a client made without us, with a verifier and redirect URI of its own. */
@Injectable()
export class FlowOwnExchange {
  constructor(
    private readonly credentials: FlowCredentials,
    private readonly redirects: FlowRedirects,
    private readonly exchanges: FlowExchange,
    private readonly store: FlowStore,
    private readonly random: Random,
  ) {}

  /**
   * Stores the tokens on the credential and nothing else: such a request has no target of ours.
   * @throws AppError 404 for the credential, 422 for the redirect URI, 400, or 502 with the provider's reason.
   */
  async exchange(
    scope: WorkspaceScope,
    credentialId: string,
    parameters: URLSearchParams,
    request: { codeVerifier: Secret; redirectUri: string },
  ): Promise<CompletedFlow> {
    const credential = await this.credentials.getStarted(scope, credentialId);
    const settings = this.credentials.settingsOf(credential);
    await this.redirects.requireOfClient(scope, request.redirectUri);
    // The client has compared its own state; what is left to compare here is who answered.
    const state = this.random.hex(32);
    parameters.set('state', state);
    const redeemed = await this.exchanges.redeem(credential, parameters, { ...settings, ...request, state });
    return this.store.store(scope, credential, null, redeemed);
  }
}
