import { ApiProperty } from '@nestjs/swagger';

/** How an MCP server is authorized. */
export class DiscoveredOauthResponse {
  /** Where the person's browser is sent to. */
  auth_url: string;

  /** Where codes and refresh tokens are exchanged. */
  token_url: string;

  /** Where clients register themselves (RFC 7591); empty where they cannot. */
  registration_endpoint: string;

  /** The scopes to ask for, separated by spaces; empty when the server chooses. */
  scopes: string;

  /** Whether a client can be registered without anybody's help. */
  supports_dcr: boolean;

  /** Whether PKCE with S256 is supported. Servers without it are not answered. */
  supports_pkce: boolean;

  /** Whether the URL of our Client ID Metadata Document is taken for a client id. */
  supports_cimd: boolean;

  /** The issuer as its metadata spell it; null for known providers without one. */
  issuer: string | null;

  /** The resource indicator of the server (RFC 8707); null when none is to be sent. */
  resource: string | null;

  /** `discovery` when the server's own metadata said so, `known_provider` when our table did. */
  @ApiProperty({ enum: ['discovery', 'known_provider'], enumName: 'OauthEndpointSource' })
  source: 'discovery' | 'known_provider';
}
