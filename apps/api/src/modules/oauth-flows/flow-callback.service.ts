import { Injectable } from '@nestjs/common';
import type { CallerScope } from '#kernel';
import { type FlowAnswer, FlowCompletion } from './flow-completion.service.js';
import { FlowFailures } from './flow-failures.service.js';
import { FlowLookup } from './flow-lookup.service.js';
import { FlowScopes } from './flow-scopes.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import type { CompletedFlow, Flow } from './oauth-flows.types.js';

const errorWord = /^[A-Za-z_]{1,64}$/;

/** Takes what providers send to our callback through somebody's browser. */
@Injectable()
export class FlowCallback {
  constructor(
    private readonly lookup: FlowLookup,
    private readonly scopes: FlowScopes,
    private readonly completion: FlowCompletion,
    private readonly failures: FlowFailures,
  ) {}

  /**
   * What an answer belongs to, for the browser that started the flow, or for its initiator signed in. Nobody else: a link
   * that somebody passes on would connect the account of whoever opens it.
   * @throws AppError 400, or 403 `oauth.session_mismatch` with the flow left as it is.
   */
  async read(caller: CallerScope, browserHash: string | null, parameters: URLSearchParams): Promise<FlowAnswer> {
    const state = parameters.get('state');
    const error = parameters.get('error');
    if (!state && error && errorWord.test(error)) throw oauthFlowErrors.denied({ params: { error } });
    if (!state || !(error || parameters.get('code'))) throw oauthFlowErrors.parametersMissing();
    const flow = await this.lookup.getWaiting(state);
    // An answer to another redirect URI was not sent here by the provider.
    if (flow.delivery !== 'callback') throw oauthFlowErrors.stateInvalid({ params: { what: 'state token' } });
    if (isInitiators(flow, caller, browserHash)) return { flow, state, parameters };
    await this.lookup.requireLive(caller, flow);
    await this.failures.noteMismatch(caller, flow);
    throw oauthFlowErrors.sessionMismatch();
  }

  /** Finishes a flow in its initiator's name. @throws AppError 400, 403 `oauth.initiator_left`, 404 or 502. */
  async complete(caller: CallerScope, answer: FlowAnswer): Promise<CompletedFlow> {
    await this.lookup.requireLive(caller, answer.flow);
    const scope = await this.scopes.ofInitiator(answer.flow, caller.origin);
    if (scope) return this.completion.complete(scope, answer);
    const left = oauthFlowErrors.initiatorLeft();
    await this.failures.end(caller, answer.flow, left);
    throw left;
  }
}

// Somebody who is signed in as another person is another person, whatever cookie was put into their browser.
function isInitiators(flow: Flow, { actor }: CallerScope, browserHash: string | null): boolean {
  if (actor.userId !== null) return actor.userId === flow.userId;
  return browserHash !== null && browserHash === flow.browserHash;
}
