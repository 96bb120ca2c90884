import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { CreateRedirectUriDto } from './dto/create-redirect-uri.dto.js';
import { RedirectUriResponse } from './dto/redirect-uri.response.js';
import { RedirectUrisService } from './redirect-uris.service.js';

/** Where flows of a workspace may end beside our own callback. */
@ApiTags('OAuth')
@Controller('api/v1/oauth/redirect-uris')
export class RedirectUrisController {
  constructor(private readonly uris: RedirectUrisService) {}

  @Get()
  @Access('oauth:read')
  @Endpoint({
    id: 'listOauthRedirectUris',
    summary: 'List the redirect URIs that the workspace registered',
    description: 'Newest first. Our own callback is always allowed and not listed.',
    type: [RedirectUriResponse],
    paged: true,
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<RedirectUriResponse>> {
    return this.uris.list(scope, page);
  }

  @Post()
  @Access('oauth:manage')
  @Audited('oauth_redirect_uri.create')
  @Endpoint({
    id: 'createOauthRedirectUri',
    summary: 'Register a redirect URI for the workspace',
    description: 'A flow may name it exactly as it is written here.',
    status: 201,
    type: RedirectUriResponse,
    errors: [400, 409],
  })
  create(@Scope() scope: WorkspaceScope, @Body() body: CreateRedirectUriDto): Promise<RedirectUriResponse> {
    return this.uris.create(scope, body);
  }

  @Delete(':redirectUriId')
  @Access('oauth:manage')
  @Audited('oauth_redirect_uri.delete')
  @Endpoint({
    id: 'deleteOauthRedirectUri',
    summary: 'Remove a redirect URI of the workspace',
    description: 'No flow begins with it any more; those that have begun end.',
    type: DeletedResponse,
    errors: [404],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('redirectUriId') id: string): Promise<DeletedResponse> {
    return this.uris.remove(scope, id);
  }
}
