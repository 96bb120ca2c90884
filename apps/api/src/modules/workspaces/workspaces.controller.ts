import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Caller, Scope, SignedIn } from '#access';
import { Audited } from '#audit-log';
import { Endpoint, PageQuery } from '#http';
import type { CallerScope, Page, WorkspaceScope } from '#kernel';
import { CreateWorkspaceDto } from './dto/create-workspace.dto.js';
import { DeleteWorkspaceDto } from './dto/delete-workspace.dto.js';
import { SuccessResponse } from './dto/success.response.js';
import { UpdateWorkspaceDto } from './dto/update-workspace.dto.js';
import { WorkspaceResponse } from './dto/workspace.response.js';
import { WorkspaceParameter } from './workspace-parameter.decorator.js';
import { WorkspacesService } from './workspaces.service.js';

/** Tenants (seed 003, "Workspaces"). */
@ApiTags('Workspaces')
@Controller('api/v1/workspaces')
export class WorkspacesController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @Get()
  @SignedIn()
  @Endpoint({
    id: 'listWorkspaces',
    summary: 'List the caller’s workspaces',
    description: 'Newest first. Needs no workspace context.',
    type: [WorkspaceResponse],
    paged: true,
  })
  list(@Caller() caller: CallerScope, @Query() page: PageQuery): Promise<Page<WorkspaceResponse>> {
    return this.workspaces.list(caller, page);
  }

  @Post()
  @SignedIn({ tokenPermission: 'workspace:create' })
  @Audited('workspace.create')
  @Endpoint({
    id: 'createWorkspace',
    summary: 'Create a workspace',
    description: 'The caller becomes its owner. A token with scopes needs `workspace:admin`.',
    status: 201,
    type: WorkspaceResponse,
    errors: [400, 403, 409],
  })
  create(@Caller() caller: CallerScope, @Body() body: CreateWorkspaceDto): Promise<WorkspaceResponse> {
    return this.workspaces.create(caller, body);
  }

  @Get(':workspaceId')
  @WorkspaceParameter()
  @Access('workspace:read', { in: 'path' })
  @Endpoint({ id: 'getWorkspace', summary: 'Get a workspace', type: WorkspaceResponse, errors: [404] })
  get(@Scope() scope: WorkspaceScope): Promise<WorkspaceResponse> {
    return this.workspaces.get(scope);
  }

  @Patch(':workspaceId')
  @WorkspaceParameter()
  @Access('workspace:manage', { in: 'path', orInstanceAdmin: true })
  @Audited('workspace.update')
  @Endpoint({
    id: 'updateWorkspace',
    summary: 'Change a workspace',
    description:
      'Absent members stay, null clears. The instance administrator may do this for any workspace, and only they may change `integration_limit`.',
    type: WorkspaceResponse,
    errors: [400, 404, 409],
  })
  update(@Scope() scope: WorkspaceScope, @Body() body: UpdateWorkspaceDto): Promise<WorkspaceResponse> {
    return this.workspaces.update(scope, body);
  }

  @Delete(':workspaceId')
  @WorkspaceParameter()
  @Access('workspace:own', { in: 'path' })
  @Audited('workspace.delete')
  @Endpoint({
    id: 'deleteWorkspace',
    summary: 'Delete a workspace',
    description:
      'Owner only; `confirm_slug` must be its slug. Its crews, agents and credentials are deleted, its invitations revoked and its integrations removed, in one transaction. The caller’s only workspace stays.',
    type: SuccessResponse,
    errors: [400, 404, 409],
  })
  remove(@Scope() scope: WorkspaceScope, @Body() body: DeleteWorkspaceDto): Promise<SuccessResponse> {
    return this.workspaces.remove(scope, body);
  }
}
