import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { FlowCredentials } from './flow-credentials.service.js';
import { FlowFailures } from './flow-failures.service.js';
import { FlowRedemption } from './flow-redemption.service.js';
import { FlowSecrets } from './flow-secrets.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import { OauthFlowsRepository } from './oauth-flows.repository.js';
import type { CompletedFlow, Flow } from './oauth-flows.types.js';

/** What a provider answered to a flow. Who brings it has been judged before. */
export interface FlowAnswer {
  flow: Flow;
  /** In clear, as it came. */
  state: string;
  /** All that the provider sent, `state` among it. */
  parameters: URLSearchParams;
}

/** Brings flows to their end: once each, whatever the end is. */
@Injectable()
export class FlowCompletion {
  constructor(
    private readonly flows: OauthFlowsRepository,
    private readonly credentials: FlowCredentials,
    private readonly secrets: FlowSecrets,
    private readonly redemption: FlowRedemption,
    private readonly failures: FlowFailures,
  ) {}

  /**
   * Uses the state up, exchanges the code and stores what came of it, in the initiator's name. Of several callers with
   * one state exactly one gets further than the state. A failure ends the flow and leaves the credential as it was.
   * @throws AppError 400 `oauth.state_invalid`, or what went wrong later.
   */
  async complete(scope: WorkspaceScope, { flow, state, parameters }: FlowAnswer): Promise<CompletedFlow> {
    if (!(await this.flows.claim(flow.id))) throw oauthFlowErrors.stateInvalid({ params: { what: 'state token' } });
    try {
      const credential = await this.credentials.getStarted(scope, flow.credentialId);
      const codeVerifier = await this.secrets.openVerifier(flow);
      const terms = { ...flow, state, codeVerifier };
      return await this.redemption.redeem(scope, { credential, flow }, parameters, terms);
    } catch (error) {
      await this.failures.end(scope, flow, error);
      throw error;
    }
  }
}
