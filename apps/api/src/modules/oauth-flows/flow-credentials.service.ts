import { Injectable } from '@nestjs/common';
import { checkEndpoint, Egress } from '#egress';
import { raise, type Secret, type WorkspaceScope } from '#kernel';
import { type OauthClient, type ProviderKey, providerKeyOfEndpoint, providers, type TokenAuthMethod } from '#oauth';
import { Vault } from '#vault';
import { type FlowCredential, FlowCredentialsRepository } from './flow-credentials.repository.js';
import type { FlowSettings } from './flow-settings.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';

const table = 'credentials';
const column = 'sealed_oauth_client_secret';

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

  /** @throws AppError 404 `oauth.credential_gone` for one that is not there, or that the caller may not know of. */
  async getVisible(scope: WorkspaceScope, id: string): Promise<FlowCredential> {
    return (await this.repository.findVisible(scope, id)) ?? raise(oauthFlowErrors.credentialGone());
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
    const clientSecret = sealed === null ? null : await this.vault.open(sealed, { workspaceId, table, column, rowId });
    return { clientId, clientSecret, authMethod: authMethodOf(credential, provider) };
  }

  /** A client's secret, sealed for the credential. */
  async sealSecret({ id: rowId, workspaceId }: FlowCredential, secret: Secret | null): Promise<string | null> {
    return secret && (await this.vault.seal(secret, { workspaceId, table, column, rowId }));
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
