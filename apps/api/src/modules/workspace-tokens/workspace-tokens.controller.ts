import { Controller, Delete, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { CreateWorkspaceTokenDto } from './dto/create-workspace-token.dto.js';
import { ListWorkspaceTokensQuery } from './dto/list-workspace-tokens.query.js';
import { RevokedWorkspaceTokenResponse } from './dto/revoked-workspace-token.response.js';
import {
  CreatedWorkspaceTokenResponse,
  WorkspaceTokenListResponse,
  type WorkspaceTokenResponse,
} from './dto/workspace-token.response.js';
import { WorkspaceTokensService } from './workspace-tokens.service.js';

/** Bearer tokens that belong to a workspace and not to a person (seed 004, "tokens"). */
@ApiTags('Workspace tokens')
@Controller('api/v1/workspaces/:workspaceId/tokens')
export class WorkspaceTokensController {
  constructor(private readonly tokens: WorkspaceTokensService) {}

  @Get()
  @WorkspaceParameter()
  @Access('token:manage', { in: 'path', orWorkspaceToken: 'tokens:read' })
  @Endpoint({
    id: 'listWorkspaceTokens',
    summary: 'List the live tokens of a workspace',
    description: 'Newest first, without their texts. Revoked and expired ones are not listed.',
    type: WorkspaceTokenListResponse,
    paged: true,
    envelope: 'tokens',
    counted: true,
    errors: [404],
  })
  list(
    @Scope() scope: WorkspaceScope,
    @Query() query: ListWorkspaceTokensQuery,
  ): Promise<Page<WorkspaceTokenResponse>> {
    return this.tokens.list(scope, query);
  }

  @Post()
  @WorkspaceParameter()
  @Access('token:manage', { in: 'path', orWorkspaceToken: true })
  @Header('Cache-Control', 'no-store')
  @Audited('workspace_token.create')
  @Endpoint({
    id: 'createWorkspaceToken',
    summary: 'Create a token of a workspace',
    description:
      'The text is shown this once. A `workspace` token (`cws_…`) is for the agents: it opens the operations below this ' +
      'workspace’s path that say `x-scope`. A `team` key (`sk_…`) opens the agent console of this workspace, within its scopes. ' +
      'A workspace has at most 50 live tokens; one more is a 429 without `Retry-After`.',
    status: 201,
    type: CreatedWorkspaceTokenResponse,
    body: CreateWorkspaceTokenDto,
    errors: [400, 404],
  })
  create(
    @Scope() scope: WorkspaceScope,
    @BodyAfterLookup(CreateWorkspaceTokenDto) body: LateBody<CreateWorkspaceTokenDto>,
  ): Promise<CreatedWorkspaceTokenResponse> {
    return this.tokens.create(scope, body);
  }

  @Delete(':tokenId')
  @WorkspaceParameter()
  @Access('token:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('workspace_token.revoke')
  @Endpoint({
    id: 'revokeWorkspaceToken',
    summary: 'Revoke a token of a workspace',
    description: 'It is refused from the next request on. Revoking it again is a 404.',
    type: RevokedWorkspaceTokenResponse,
    errors: [404],
  })
  revoke(@Scope() scope: WorkspaceScope, @Param('tokenId') id: string): Promise<RevokedWorkspaceTokenResponse> {
    return this.tokens.revoke(scope, id);
  }
}
