import { Body, Controller, Get, Header, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public, SignedIn } from '#access';
import { NotAudited } from '#audit-log';
import { Endpoint } from '#http';
import { ClientMetadataService } from './client-metadata.service.js';
import { ClientMetadataResponse } from './dto/client-metadata.response.js';
import { DiscoverOauthDto } from './dto/discover-oauth.dto.js';
import { DiscoveredOauthResponse } from './dto/discovered-oauth.response.js';
import { OauthProvidersResponse } from './dto/oauth-providers.response.js';
import { OauthDiscoveryService } from './oauth-discovery.service.js';
import { knownProviders } from './oauth-servers.mapper.js';

/** Authorization servers: which are known, how others are found, and how they know us (seed 000). */
@ApiTags('OAuth')
@Controller('api/v1/oauth')
export class OauthServersController {
  constructor(
    private readonly discovery: OauthDiscoveryService,
    private readonly metadata: ClientMetadataService,
  ) {}

  @Get('providers')
  @SignedIn()
  @Endpoint({
    id: 'listOauthProviders',
    summary: 'List the OAuth providers that are known without discovery',
    type: OauthProvidersResponse,
  })
  providers(): OauthProvidersResponse {
    return knownProviders();
  }

  @Post('discover')
  @SignedIn()
  @NotAudited('asks for public metadata and stores nothing')
  @Endpoint({
    id: 'discoverOauth',
    summary: 'Find out how an MCP server is authorized',
    description:
      'Asks the server without a token for its challenge, then for its protected resource metadata (RFC 9728), then its ' +
      'authorization servers for theirs (RFC 8414, OpenID Connect Discovery). Known providers come last. Servers that ' +
      'contradict themselves, or do not support PKCE with S256, are refused with 422.',
    type: DiscoveredOauthResponse,
    errors: [400, 404, 422],
  })
  discover(@Body() body: DiscoverOauthDto): Promise<DiscoveredOauthResponse> {
    return this.discovery.describe(body.mcp_url);
  }

  @Get('client-metadata.json')
  @Public('authorization servers fetch it to learn who we are')
  @Header('Cache-Control', 'public, max-age=3600')
  @Endpoint({
    id: 'getOauthClientMetadata',
    summary: 'Our OAuth Client ID Metadata Document',
    type: ClientMetadataResponse,
  })
  clientMetadata(): ClientMetadataResponse {
    return this.metadata.document();
  }
}
