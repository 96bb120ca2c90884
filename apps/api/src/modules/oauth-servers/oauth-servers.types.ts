import type { OauthClient, TokenAuthMethod } from '#oauth';

/** Where authorization servers send browsers back to, unless a flow says otherwise. Made of configuration only. */
export function callbackUrlOf(publicUrl: string): string {
  return `${publicUrl}/api/v1/oauth/callback`;
}

/** Where our Client ID Metadata Document is, which is also the client id that it describes. */
export function clientMetadataUrlOf(publicUrl: string): string {
  return `${publicUrl}/api/v1/oauth/client-metadata.json`;
}

/** A redirect URI of a workspace beside our own. */
export interface RedirectUri {
  id: string;
  uri: string;
  createdById: string | null;
  createdAt: Date;
}

/** A stored registration of a workspace with an authorization server. Its secret is sealed for its own row. */
export interface StoredClient {
  id: string;
  origin: 'manual' | 'dynamic';
  clientId: string;
  sealedClientSecret: string | null;
  tokenAuthMethod: TokenAuthMethod;
  secretExpiresAt: Date | null;
}

/** Us as a client, with how long that lasts. */
export interface KnownClient extends OauthClient {
  /** `manual`: a person registered it. `dynamic`: we did. `metadata`: our Client ID Metadata Document describes it. */
  origin: StoredClient['origin'] | 'metadata';
  /** When the secret ends; null: never. */
  secretExpiresAt: Date | null;
}

/** What a registration belongs to: one issuer, one redirect URI. */
export interface ClientKey {
  /** The issuer; the token endpoint for providers without one. */
  issuer: string;
  redirectUri: string;
}
