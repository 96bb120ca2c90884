import { Injectable } from '@nestjs/common';
import { Secret, type WorkspaceScope } from '#kernel';
import type { ExchangeCodeDto } from './dto/exchange-code.dto.js';
import type { FinishFlowDto } from './dto/finish-flow.dto.js';
import { FlowCompletion } from './flow-completion.service.js';
import { FlowFailures } from './flow-failures.service.js';
import { FlowLookup } from './flow-lookup.service.js';
import { FlowOwnExchange } from './flow-own-exchange.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import type { CompletedFlow, Flow } from './oauth-flows.types.js';
import { leadsTo } from './redirect-rules.js';

/** Takes what providers sent to a client of the initiator, and the client brings us. */
@Injectable()
export class FlowFinish {
  constructor(
    private readonly lookup: FlowLookup,
    private readonly completion: FlowCompletion,
    private readonly failures: FlowFailures,
    private readonly own: FlowOwnExchange,
  ) {}

  /** Finishes a flow with the provider's answer. @throws AppError 400, 403 for anybody but the initiator, 404 or 502. */
  async finish(scope: WorkspaceScope, dto: FinishFlowDto): Promise<CompletedFlow> {
    const url = dto.callback_url ? urlOf(dto.callback_url) : null;
    const parameters = url?.searchParams ?? parametersOf(dto);
    const state = parameters.get('state');
    if (!state || !(parameters.get('code') || parameters.get('error'))) throw oauthFlowErrors.finishParametersMissing();
    const flow = await this.lookup.getPendingIn(scope, state);
    await this.#requireInitiator(scope, flow);
    if (url !== null && !leadsTo(url, flow.redirectUri)) throw oauthFlowErrors.callbackUrlForeign();
    return this.completion.complete(scope, { flow, state, parameters });
  }

  /** Exchanges a code. @throws AppError 400, 403, 404, 422 for the redirect URI, 502. */
  async exchange(scope: WorkspaceScope, dto: ExchangeCodeDto): Promise<CompletedFlow> {
    const { state, code_verifier: codeVerifier, redirect_uri: redirectUri } = dto;
    const parameters = parametersOf(dto);
    if (!state) {
      return this.own.exchange(scope, dto.credential_id, parameters, {
        codeVerifier: codeVerifier ? new Secret(codeVerifier) : null,
        ...(redirectUri && { redirectUri }),
      });
    }
    const flow = await this.lookup.getPendingIn(scope, state, 'OAuth state');
    if (flow.credentialId !== dto.credential_id) throw oauthFlowErrors.stateForeign();
    await this.#requireInitiator(scope, flow);
    if (redirectUri && redirectUri !== flow.redirectUri) throw oauthFlowErrors.redirectUriDiffers();
    return this.completion.complete(scope, { flow, state, parameters });
  }

  async #requireInitiator(scope: WorkspaceScope, flow: Flow): Promise<void> {
    if (flow.userId !== null && flow.userId === scope.actor.userId) return;
    await this.failures.noteMismatch(scope, flow);
    throw oauthFlowErrors.sessionMismatch();
  }
}

function urlOf(text: string): URL {
  if (!URL.canParse(text)) throw oauthFlowErrors.callbackUrlForeign();
  return new URL(text);
}

function parametersOf(given: {
  state?: string;
  code?: string;
  iss?: string;
  error?: string;
  error_description?: string;
}): URLSearchParams {
  const { state, code, iss, error, error_description } = given;
  const present = Object.entries({ state, code, iss, error, error_description }).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
  return new URLSearchParams(present);
}
