import type { TokenAuthMethod } from './oauth.types.js';

/** One provider as data: where it is, and in what it differs from the specifications. */
export interface Provider {
  authorizationEndpoint: string;
  tokenEndpoint: string;
  /** Only where it is one of RFC 7009. */
  revocationEndpoint?: string;
  /** Only where the provider publishes it in metadata that name these endpoints. */
  issuer?: string;
  /** Asked for when nobody says otherwise; separated by spaces whatever the provider wants. */
  defaultScopes: string;
  /** The domains it serves: these hosts and those below them. */
  hosts: readonly string[];
  /** How its clients may authenticate, the preferred method first. */
  authMethods: readonly TokenAuthMethod[];
  quirks?: ProviderQuirks;
}

/** In what a provider differs. What is left out is as the specifications have it. */
export interface ProviderQuirks {
  /** Between scopes in the authorization request. A space unless said otherwise. */
  scopeSeparator?: ',';
  /** Scopes without which it issues no refresh token; added to those asked for. */
  refreshScopes?: readonly string[];
  /** Parameters that its authorization endpoint needs beside the usual ones. */
  authorizationParameters?: Readonly<Record<string, string>>;
  /** The token endpoint reads JSON instead of a form. */
  tokenRequestBody?: 'json';
  /** The object of the answer that holds the token when the answer itself has none. */
  tokenFallbackMember?: string;
  /** The boolean member of the answer that is false on failure, whatever the status. */
  successMember?: string;
  /** Token types of its own that are bearer tokens all the same. */
  bearerTypes?: readonly string[];
  /** It takes PKCE with S256, but its metadata do not say so. */
  pkceUnadvertised?: true;
  /** It fails requests that name a resource (RFC 8707). */
  refusesResource?: true;
  /** Failures in its own words, with those of RFC 6749 that they mean. */
  errorAliases?: Readonly<Record<string, string>>;
}
