import { Injectable } from '@nestjs/common';
import { checkEndpoint, Egress } from '#egress';
import { raise, type WorkspaceScope } from '#kernel';
import { type OauthClient, type ProviderKey, providerKeyOfEndpoint, providers, type TokenAuthMethod } from '#oauth';
import { Vault } from '#vault';
import { type FlowCredential, FlowCredentialsRepository } from './flow-credentials.repository.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';

/** What a credential says of its authorization server: everything that an authorization and its exchange need. */
export interface FlowSettings {
  clientId: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  scopes: string | null;
  issuer: string | null;
  issRequired: boolean;
  resource: string | null;
  provider: ProviderKey | null;
}

/** Credentials as authorizations use them. */
@Injectable()
export class FlowCredentials {
  constructor(
    private readonly repository: FlowCredentialsRepository,
    private readonly vault: Vault,
    private readonly egress: Egress,
  ) {}

  /** @throws AppError 404 `oauth.credential_not_found`, also for one that the caller may not know of. */
  async get(scope: WorkspaceScope, id: string): Promise<FlowCredential> {
    return (await this.repository.findVisible(scope, id)) ?? raise(oauthFlowErrors.credentialNotFound());
  }

  /** The credential that a flow was started for. @throws AppError 404 `oauth.credential_gone`. */
  async getStarted(scope: WorkspaceScope, id: string): Promise<FlowCredential> {
    return (await this.repository.findById(scope, id)) ?? raise(oauthFlowErrors.credentialGone());
  }

  /**
   * The credential's OAuth configuration.
   * @throws AppError 400 when the credential is of another type, lacks a part, or names an endpoint that must not be called.
   */
  settingsOf(credential: FlowCredential): FlowSettings {
    if (credential.type !== 'OAUTH2') throw oauthFlowErrors.notOauth({ params: { type: credential.type } });
    const { oauthClientId, oauthAuthUrl, oauthTokenUrl } = credential;
    if (!oauthClientId || !oauthAuthUrl) throw oauthFlowErrors.clientMissing();
    if (!oauthTokenUrl) throw oauthFlowErrors.configurationMissing();
    this.#check('oauth_auth_url', oauthAuthUrl);
    this.#check('oauth_token_url', oauthTokenUrl);
    const provider = providerKeyOfEndpoint(oauthTokenUrl);
    return {
      clientId: oauthClientId,
      authorizationEndpoint: oauthAuthUrl,
      tokenEndpoint: oauthTokenUrl,
      scopes: credential.oauthScopes || null,
      issuer: credential.oauthIssuer ?? issuerOf(provider, oauthAuthUrl),
      issRequired: credential.oauthIssRequired,
      resource: credential.oauthResource,
      provider,
    };
  }

  /** Us, as the credential's authorization server knows us, with the secret opened. */
  async clientOf(credential: FlowCredential, { clientId, provider }: FlowSettings): Promise<OauthClient> {
    const { id: rowId, workspaceId, sealedOauthClientSecret: sealed } = credential;
    const place = { workspaceId, table: 'credentials', column: 'sealed_oauth_client_secret', rowId };
    const clientSecret = sealed === null ? null : await this.vault.open(sealed, place);
    return { clientId, clientSecret, authMethod: authMethodOf(credential, provider) };
  }

  #check(field: string, url: string): void {
    const verdict = checkEndpoint(url, this.egress.policy);
    if (!verdict.ok) throw oauthFlowErrors.endpointNotAllowed({ params: { field, reason: verdict.reason } });
  }
}

function issuerOf(provider: ProviderKey | null, authUrl: string): string | null {
  if (provider === null || providers[provider].authorizationEndpoint !== authUrl) return null;
  return providers[provider].issuer ?? null;
}

function authMethodOf(credential: FlowCredential, provider: ProviderKey | null): TokenAuthMethod {
  if (credential.sealedOauthClientSecret === null) return 'none';
  const stored = credential.oauthTokenAuthMethod;
  if (stored === 'client_secret_basic' || stored === 'client_secret_post') return stored;
  const preferred = provider === null ? undefined : providers[provider].authMethods.find((each) => each !== 'none');
  return preferred ?? 'client_secret_post';
}
