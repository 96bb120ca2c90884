import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { checkEndpoint, EgressPolicy } from '#egress';
import { registrationDocument } from '#oauth';
import type { ClientMetadataResponse } from './dto/client-metadata.response.js';
import { callbackUrlOf, clientMetadataUrlOf, type KnownClient } from './oauth-servers.types.js';

const described = { origin: 'metadata', secretExpiresAt: null } as const;

/** Our Client ID Metadata Document (draft-ietf-oauth-client-id-metadata-document). */
@Injectable()
export class ClientMetadataService {
  constructor(private readonly config: AppConfig) {}

  /** The document, as authorization servers fetch it. */
  document(): ClientMetadataResponse {
    const { publicUrl } = this.config.http;
    const metadata = { redirectUris: [callbackUrlOf(publicUrl)], clientUri: publicUrl, scope: null };
    return {
      client_id: clientMetadataUrlOf(publicUrl),
      client_uri: publicUrl,
      ...registrationDocument(metadata, 'none'),
    };
  }

  /**
   * Us as the client that the document describes, or null when no authorization server could fetch it, or it does not
   * name the redirect URI.
   */
  findClient(redirectUri: string): KnownClient | null {
    const { publicUrl } = this.config.http;
    if (redirectUri !== callbackUrlOf(publicUrl) || !isPublic(publicUrl)) return null;
    return { clientId: clientMetadataUrlOf(publicUrl), clientSecret: null, authMethod: 'none', ...described };
  }
}

function isPublic(publicUrl: string): boolean {
  const check = checkEndpoint(publicUrl, EgressPolicy.strict);
  if (!check.ok || check.url.protocol !== 'https:') return false;
  const { hostname } = check.url;
  return hostname.includes('.') && !/\.(local|internal|lan|home\.arpa|test|invalid)$/i.test(hostname);
}
