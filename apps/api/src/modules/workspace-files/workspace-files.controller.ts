import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { WorkspaceFileContentResponse, WorkspaceFileResponse } from './dto/workspace-file.response.js';
import { WorkspaceFilesService } from './workspace-files.service.js';

/** The configuration files that templates and bundles brought: no container takes them in, so the agent fetches them. */
@ApiTags('Workspace runtime')
@Controller('api/v1/workspaces/:workspaceId/files')
export class WorkspaceFilesController {
  constructor(private readonly files: WorkspaceFilesService) {}

  @Get()
  @WorkspaceParameter()
  @Access('workspace:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listWorkspaceFiles',
    summary: 'List the configuration files of a workspace',
    description: 'By path, without contents.',
    type: [WorkspaceFileResponse],
    paged: true,
    errors: [404],
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<WorkspaceFileResponse>> {
    return this.files.list(scope, page);
  }

  @Get(':fileId')
  @WorkspaceParameter()
  @Access('workspace:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'getWorkspaceFile',
    summary: 'Get a configuration file of a workspace',
    type: WorkspaceFileContentResponse,
    errors: [404],
  })
  get(@Scope() scope: WorkspaceScope, @Param('fileId') id: string): Promise<WorkspaceFileContentResponse> {
    return this.files.get(scope, id);
  }
}
