export { authorizationUrl } from './authorization-url.js';
export { authorizationServerOfProvider, discoverServer } from './discover-server.js';
export { oauthErrors } from './oauth.errors.js';
export type * from './oauth.types.js';
export type { Provider, ProviderQuirks } from './provider.types.js';
export {
  isProviderKey,
  providerKeyOfEndpoint,
  providerKeyOfUrl,
  providerKeys,
  providerOfUrl,
  providers,
} from './providers.js';
export { readCallback } from './read-callback.js';
export { deleteClient, type RegistrationDocument, registerClient, registrationDocument } from './register-client.js';
export { revokeToken } from './revoke-token.js';
export { type TokenFailure, TokenRequestFailure } from './token-request-failure.js';
export { exchangeCode, refreshTokens } from './token-requests.js';
