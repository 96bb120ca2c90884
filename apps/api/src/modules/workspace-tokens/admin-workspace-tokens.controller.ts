import { Controller, Header, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, InstanceAdmin } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { CallerScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { CreateWorkspaceTokenDto } from './dto/create-workspace-token.dto.js';
import { CreatedWorkspaceTokenResponse } from './dto/workspace-token.response.js';
import { WorkspaceTokensService } from './workspace-tokens.service.js';

/** The first token of a workspace whose agents have none yet (seed 004, "admin / bootstrap / E2E use"). */
@ApiTags('Workspace tokens')
@Controller('api/v1/admin/workspaces/:workspaceId/tokens')
export class AdminWorkspaceTokensController {
  constructor(private readonly tokens: WorkspaceTokensService) {}

  @Post()
  @WorkspaceParameter()
  @InstanceAdmin()
  @Header('Cache-Control', 'no-store')
  @Audited('workspace_token.create')
  @Endpoint({
    id: 'mintWorkspaceToken',
    summary: 'Create a token of any workspace, as the instance administrator',
    description: 'As `createWorkspaceToken`, without being a member. The body may be left out.',
    status: 201,
    type: CreatedWorkspaceTokenResponse,
    body: CreateWorkspaceTokenDto,
    errors: [400, 404],
  })
  mint(
    @Caller() caller: CallerScope,
    @Param('workspaceId') workspaceId: string,
    @BodyAfterLookup(CreateWorkspaceTokenDto) body: LateBody<CreateWorkspaceTokenDto>,
  ): Promise<CreatedWorkspaceTokenResponse> {
    return this.tokens.mintFor(caller, workspaceId, body);
  }
}
