import * as oauth from 'oauth4webapi';
import type { AuthorizationRequest, ProviderKey } from './oauth.types.js';
import { quirksOf } from './providers.js';

/**
 * The URL that the person's browser is sent to (RFC 6749, 4.1.1), always with a PKCE challenge (S256). What the
 * endpoint carries as a query stays, unless one of our parameters has the same name.
 */
export async function authorizationUrl(request: AuthorizationRequest): Promise<string> {
  const url = new URL(request.authorizationEndpoint);
  const { authorizationParameters = {}, refusesResource } = quirksOf(request.provider);
  const scope = scopeParameter(request.scopes, request.provider);
  const parameters: Record<string, string | null> = {
    ...authorizationParameters,
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(request.codeVerifier),
    code_challenge_method: 'S256',
    scope,
    resource: refusesResource ? null : request.resource,
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  // Without it an OpenID provider ignores the scope that stands for refresh tokens (OpenID Connect Core, 11).
  if (request.provider === null && scope?.split(' ').includes('offline_access')) {
    url.searchParams.set('prompt', 'consent');
  }
  return url.href;
}

function scopeParameter(scopes: string | null, provider: ProviderKey | null): string | null {
  const { scopeSeparator = ' ', refreshScopes = [] } = quirksOf(provider);
  const asked = scopes?.split(/\s+/).filter((scope) => scope !== '') ?? [];
  return asked.length > 0 ? [...new Set([...asked, ...refreshScopes])].join(scopeSeparator) : null;
}
