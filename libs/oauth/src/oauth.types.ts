import type { FetchFunction } from '#egress';
import type { Secret } from '#kernel';

/** How a client proves who it is at the token endpoint (RFC 6749, 2.3; RFC 7591, 2). `none` is a public client. */
export type TokenAuthMethod = 'client_secret_basic' | 'client_secret_post' | 'none';

/** The providers known without discovery, by the keys that `GET /oauth/providers` answers with. */
export type ProviderKey =
  | 'cloudflare'
  | 'github'
  | 'gitlab'
  | 'google'
  | 'linear'
  | 'microsoft'
  | 'notion'
  | 'slack'
  | 'stripe';

/** What a flow needs to know of an authorization server. Every endpoint was judged against the egress policy. */
export interface AuthorizationServer {
  /** The issuer exactly as its metadata spell it, compared as text (RFC 9207, 2.4); null for providers without one. */
  issuer: string | null;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  /** Where clients register themselves (RFC 7591); null where they cannot. */
  registrationEndpoint: string | null;
  /** Where tokens are revoked (RFC 7009); null where they cannot be. */
  revocationEndpoint: string | null;
  /** Every scope that the server says it knows; empty when it does not say. */
  scopesSupported: string[];
  /** Whether it takes PKCE with S256. Discovery refuses servers that do not. */
  pkceS256: boolean;
  /** Whether it promises `iss` in authorization responses, so that an answer without it is refused (RFC 9207, 3). */
  issParameterSupported: boolean;
  /** Whether it takes the URL of a Client ID Metadata Document for a client id. */
  clientIdMetadataDocumentSupported: boolean;
  /** Those of its client authentication methods that we speak. */
  tokenAuthMethods: TokenAuthMethod[];
}

/** The authorization server of an MCP server, with what is asked of it for that server. */
export interface DiscoveredServer extends AuthorizationServer {
  /** The resource indicator to send (RFC 8707); null when the server names none and is a known provider. */
  resource: string | null;
  /** The scopes to ask for, in the server's order; empty means that the parameter is left out. */
  scopes: string[];
  /** Whether the server's own metadata said so, or our table. */
  source: 'discovery' | 'known_provider';
  /** The provider of the table, whose quirks then hold; null for everybody else. */
  provider: ProviderKey | null;
}

/** Us, as one authorization server knows us. */
export interface OauthClient {
  clientId: string;
  clientSecret: Secret | null;
  authMethod: TokenAuthMethod;
}

/** A client that has just been registered. */
export interface RegisteredClient extends OauthClient {
  /** When the secret stops working and a new registration is due; null: never. */
  secretExpiresAt: Date | null;
  /** How the registration is ended (RFC 7592); null where the server offers no such thing. */
  management: ClientManagement | null;
}

/** Where a registration is managed, and the token that lets one (RFC 7592). */
export interface ClientManagement {
  uri: string;
  token: Secret;
}

/** What is said of us when we register (RFC 7591, 2). */
export interface ClientMetadata {
  redirectUris: readonly string[];
  /** The scopes that will be asked for, separated by spaces; null leaves them to the server. */
  scope: string | null;
  /** A page about us for the consent screen; null for none. */
  clientUri: string | null;
}

/** What a token endpoint answered, made uniform. */
export interface TokenSet {
  accessToken: Secret;
  /** A new refresh token; null when none came, and an earlier one then stays valid. */
  refreshToken: Secret | null;
  /** When the access token stops working; null when the server did not say. At most a year ahead. */
  expiresAt: Date | null;
  /** The scopes granted, separated by spaces; null when the server did not say: then those that were asked for. */
  grantedScopes: string | null;
}

/** The token endpoint that a grant is sent to. */
export interface TokenEndpoint {
  issuer: string | null;
  tokenEndpoint: string;
  /** The provider whose quirks hold there. */
  provider: ProviderKey | null;
}

/** With what, and when, a request to a token endpoint is made. */
export interface TokenRequestMeans {
  /** The egress library's, which judges every address and ends slow and endless answers. */
  fetch: FetchFunction;
  /** The present instant, from which lifetimes are counted. */
  now: Date;
}

/** With what discovery looks around. */
export interface DiscoveryMeans {
  /** The egress library's, which judges every address and ends slow and endless answers. */
  fetch: FetchFunction;
  /**
   * Whether a URL may be called at all: `https` to anywhere public, and `http` only to hosts that the operator lists.
   * Asked for each endpoint that metadata name, so that a refused one fails at discovery and not in the flow.
   */
  allowed: (url: string) => boolean;
  /** Time for everything, all requests together. 20 s unless said otherwise. */
  deadlineMs?: number;
}

/** What goes into the URL that the person's browser is sent to. */
export interface AuthorizationRequest {
  authorizationEndpoint: string;
  clientId: string;
  redirectUri: string;
  state: string;
  /** The PKCE verifier, 43 to 128 characters; only its S256 challenge goes into the URL. */
  codeVerifier: string;
  /** Separated by spaces; null or empty leaves the parameter out. */
  scopes: string | null;
  /** RFC 8707; null leaves the parameter out. */
  resource: string | null;
  /** The provider whose quirks hold. */
  provider: ProviderKey | null;
}

/** What an authorization response is held against. */
export interface ExpectedCallback {
  /** The issuer recorded when the flow began; null for providers without one, whose `iss` is not looked at. */
  issuer: string | null;
  /** Whether an answer without `iss` is refused. */
  issRequired: boolean;
  state: string;
  clientId: string;
}

/** What the person's browser brought back. The description is cleaned of control characters and at most 200 long. */
export type CallbackAnswer = { ok: true; code: string } | { ok: false; error: string; description: string | null };
