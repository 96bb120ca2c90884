import { providerKeys, providers } from '#oauth';
import type { OauthProvidersResponse } from './dto/oauth-providers.response.js';

/** The table of providers as it is answered: keys sorted, three members each, empty scopes included. */
export function knownProviders(): OauthProvidersResponse {
  return Object.fromEntries(
    providerKeys.map((key) => {
      const { authorizationEndpoint, tokenEndpoint, defaultScopes } = providers[key];
      return [key, { auth_url: authorizationEndpoint, token_url: tokenEndpoint, default_scopes: defaultScopes }];
    }),
  );
}
