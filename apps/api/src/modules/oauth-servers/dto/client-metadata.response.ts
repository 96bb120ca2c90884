import { ApiProperty } from '@nestjs/swagger';
import type { TokenAuthMethod } from '#oauth';

/** Our OAuth Client ID Metadata Document: what we are, for authorization servers that have never heard of us. */
export class ClientMetadataResponse {
  /** The URL of this very document. */
  @ApiProperty({
    format: 'uri',
    pattern: '^https?://',
    maxLength: 2048,
    example: 'https://crewship.example.com/api/v1/oauth/client-metadata.json',
  })
  client_id: string;

  /** Our name on consent screens. */
  @ApiProperty({ example: 'Crewship' })
  client_name: string;

  /** A page about us. */
  @ApiProperty({ example: 'https://crewship.example.com' })
  client_uri: string;

  /** Where browsers are sent back to. */
  @ApiProperty({ example: ['https://crewship.example.com/api/v1/oauth/callback'] })
  redirect_uris: string[];

  /** The grants that we use. */
  @ApiProperty({ example: ['authorization_code', 'refresh_token'] })
  grant_types: string[];

  /** The response types that we use. */
  @ApiProperty({ example: ['code'] })
  response_types: string[];

  /** We have no secret with such a server: PKCE stands for it. */
  @ApiProperty({ enum: ['client_secret_basic', 'client_secret_post', 'none'], enumName: 'TokenEndpointAuthMethod' })
  token_endpoint_auth_method: TokenAuthMethod;

  /** `native` when this instance runs on the person's own machine. */
  @ApiProperty({ enum: ['web', 'native'], enumName: 'OauthApplicationType' })
  application_type: 'web' | 'native';
}
