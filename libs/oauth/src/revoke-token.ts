import * as oauth from 'oauth4webapi';
import type { Secret } from '#kernel';
import { clientAuthOf } from './client-auth.js';
import { jsonObjectIn } from './json-object.js';
import type { OauthClient, ProviderKey, TokenRequestMeans } from './oauth.types.js';
import { through } from './oauth4webapi-options.js';
import { failureOfAnswer, failureOfTransport, failureOfUnreadable } from './token-failures.js';
import { plainSecrets } from './upstream-words.js';

/**
 * Tells the authorization server that a token is no longer wanted (RFC 7009). A token that it does not know any more
 * counts as revoked.
 * @throws TokenRequestFailure when the token may still be alive there.
 */
export async function revokeToken(
  endpoint: { issuer: string | null; revocationEndpoint: string; provider: ProviderKey | null },
  client: OauthClient,
  revoked: { token: Secret; kind: 'access_token' | 'refresh_token' },
  by: TokenRequestMeans,
): Promise<void> {
  const { revocationEndpoint, provider } = endpoint;
  const server = { issuer: endpoint.issuer ?? revocationEndpoint, revocation_endpoint: revocationEndpoint };
  const options = { ...through(by.fetch), additionalParameters: { token_type_hint: revoked.kind } };
  let response: Response;
  let text: string;
  try {
    const us = { client_id: client.clientId };
    response = await oauth.revocationRequest(server, us, clientAuthOf(client), revoked.token.reveal(), options);
    text = await response.text();
  } catch (error) {
    throw failureOfTransport(error);
  }
  if (response.ok) return;
  const body = jsonObjectIn(text);
  if (body?.error === 'invalid_token') return;
  const secrets = plainSecrets(client.clientSecret, revoked.token);
  const failure = body && failureOfAnswer(response, body, { provider, secrets, now: by.now });
  throw failure ?? failureOfUnreadable(response, by.now);
}
