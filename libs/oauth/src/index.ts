export type * from './oauth.types.js';
export type { Provider, ProviderQuirks } from './provider.types.js';
export { isProviderKey, providerKeyOfUrl, providerKeys, providerOfUrl, providers } from './providers.js';
export { type TokenFailure, TokenRequestFailure } from './token-request-failure.js';
