import { Injectable } from '@nestjs/common';
import { Egress } from '#egress';
import { AppError, Clock, type Secret, type WorkspaceScope } from '#kernel';
import { exchangeCode, type OauthClient, readCallback, TokenRequestFailure, type TokenSet } from '#oauth';
import { type FlowClient, FlowClients } from './flow-clients.service.js';
import type { FlowCredential, OauthFacts } from './flow-credentials.repository.js';
import { FlowCredentials } from './flow-credentials.service.js';
import { type FlowSettings, settingsHashOf } from './flow-settings.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';

/** What an answer is held against, and what its code is exchanged with. */
export interface ExchangeTerms {
  state: string;
  redirectUri: string;
  codeVerifier: Secret;
  issuer: string | null;
  issRequired: boolean;
  resource: string | null;
  /** From the flow; null where there is none. */
  settingsHash: string | null;
  renewedClientId: string | null;
}

const deadlineMs = 15_000;

/** What an exchange brought, and how: a refresh asks the same server in the same way. */
export interface Redeemed {
  tokens: TokenSet;
  /** The client that they were issued to. */
  client: OauthClient;
  facts: Partial<OauthFacts>;
}

/** Turns a provider's answer into tokens. Makes an HTTP call: never inside a transaction. */
@Injectable()
export class FlowExchange {
  constructor(
    private readonly credentials: FlowCredentials,
    private readonly clients: FlowClients,
    private readonly egress: Egress,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws AppError 400 when the answer is an error or does not come from the right server (no token request is made
   * then), 502 `oauth.exchange_failed` with the provider's reason.
   */
  async redeem(
    scope: WorkspaceScope,
    credential: FlowCredential,
    parameters: URLSearchParams,
    terms: ExchangeTerms,
  ): Promise<Redeemed> {
    const settings = settingsFor(terms, this.credentials.settingsOf(credential));
    // The code belongs to the server that was asked; a credential that names another one by now must not get it there.
    const changed = terms.settingsHash !== null && terms.settingsHash !== settingsHashOf(settings);
    if (changed || settings.issuer !== terms.issuer) throw oauthFlowErrors.configurationChanged();
    const answer = readCallback(parameters, { ...terms, clientId: settings.clientId });
    if (!answer.ok) throw deniedBy(answer);
    const known = await this.clients.ofFlow(scope, credential, settings, terms.renewedClientId);
    return this.#exchange(settings, known, answer.code, terms);
  }

  async #exchange(
    settings: FlowSettings,
    { client, facts }: FlowClient,
    code: string,
    { redirectUri, codeVerifier, resource }: ExchangeTerms,
  ): Promise<Redeemed> {
    const grant = { code, redirectUri, codeVerifier: codeVerifier.reveal(), resource };
    const fetch = this.egress.fetcher({ purpose: 'oauth.exchange', deadlineMs });
    try {
      const tokens = await exchangeCode(settings, client, grant, { fetch, now: this.clock.now() });
      return { tokens, client, facts: { ...facts, oauthProvider: settings.provider } };
    } catch (error) {
      throw failureOf(error);
    }
  }
}

function settingsFor({ renewedClientId }: ExchangeTerms, settings: FlowSettings): FlowSettings {
  return renewedClientId === null ? settings : { ...settings, clientId: renewedClientId };
}

function deniedBy({ error, description }: { error: string; description: string | null }): AppError {
  return oauthFlowErrors.denied({ params: { error: description === null ? error : `${error} (${description})` } });
}

// The reason of a token request was made for people; anything else may hold what was sent.
function failureOf(error: unknown): AppError {
  if (error instanceof TokenRequestFailure) {
    const details = { kind: error.kind, errorCode: error.errorCode };
    return oauthFlowErrors.exchangeFailed({ params: { reason: error.reason }, details });
  }
  if (error instanceof AppError)
    return oauthFlowErrors.exchangeFailed({ params: { reason: error.message }, cause: error });
  return oauthFlowErrors.exchangeFailed({ params: { reason: 'the answer of the provider could not be used' } });
}
