import { Injectable } from '@nestjs/common';
import { Random, type Secret, type WorkspaceScope } from '#kernel';
import { FlowCredentials } from './flow-credentials.service.js';
import { FlowRedemption } from './flow-redemption.service.js';
import { FlowRedirects } from './flow-redirects.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import type { CompletedFlow } from './oauth-flows.types.js';

/** Exchanges codes of authorization requests that a client made without us, with a verifier and redirect URI of its own. */
@Injectable()
export class FlowOwnExchange {
  constructor(
    private readonly credentials: FlowCredentials,
    private readonly redirects: FlowRedirects,
    private readonly redemption: FlowRedemption,
    private readonly random: Random,
  ) {}

  /**
   * Stores the tokens on the credential and nothing else: such a request has no target of ours. Without a redirect URI the
   * request is taken to have named our callback; the verifier is what shows that it was the caller's.
   * @throws AppError 404 for the credential, 422 for the redirect URI, 400, or 502 with the provider's reason.
   */
  async exchange(
    scope: WorkspaceScope,
    credentialId: string,
    parameters: URLSearchParams,
    request: { codeVerifier: Secret | null; redirectUri?: string },
  ): Promise<CompletedFlow> {
    const credential = await this.credentials.getVisible(scope, credentialId);
    const settings = this.credentials.settingsOf(credential);
    const { codeVerifier, redirectUri = this.redirects.own } = request;
    if (codeVerifier === null) throw oauthFlowErrors.proofMissing();
    await this.redirects.require(scope, redirectUri);
    // The client has compared its own state; what is left to compare here is who answered.
    const state = this.random.hex(32);
    parameters.set('state', state);
    const terms = { ...settings, codeVerifier, redirectUri, state, settingsHash: null, renewedClientId: null };
    return this.redemption.redeem(scope, { credential, flow: null }, parameters, terms);
  }
}
