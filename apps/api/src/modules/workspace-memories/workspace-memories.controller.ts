import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { Endpoint } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { CreateWorkspaceMemoryDto } from './dto/create-workspace-memory.dto.js';
import { ListWorkspaceMemoriesQuery } from './dto/list-workspace-memories.query.js';
import { RemovedMemoryResponse, WorkspaceMemoryResponse } from './dto/workspace-memory.response.js';
import { WorkspaceMemoriesService } from './workspace-memories.service.js';

/** What a workspace remembers: its agents write it, bundles and templates carry it. */
@ApiTags('Workspace runtime')
@Controller('api/v1/workspaces/:workspaceId/memories')
export class WorkspaceMemoriesController {
  constructor(private readonly memories: WorkspaceMemoriesService) {}

  @Get()
  @WorkspaceParameter()
  @Access('memory:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listWorkspaceMemories',
    summary: 'List what a workspace remembers',
    description: 'Newest first.',
    type: [WorkspaceMemoryResponse],
    paged: true,
    errors: [404],
  })
  list(
    @Scope() scope: WorkspaceScope,
    @Query() query: ListWorkspaceMemoriesQuery,
  ): Promise<Page<WorkspaceMemoryResponse>> {
    return this.memories.list(scope, query);
  }

  @Post()
  @WorkspaceParameter()
  @Access('memory:create', { in: 'path', orWorkspaceToken: true })
  @Audited('memory.create')
  @Endpoint({
    id: 'createWorkspaceMemory',
    summary: 'Add something for a workspace to remember',
    description:
      'What looks like a secret in the text (tokens of known forms, private keys, passwords in URLs) is replaced by `***` before ' +
      'it is stored. A workspace has at most 10000 memories.',
    status: 201,
    type: WorkspaceMemoryResponse,
    errors: [400, 404, 409],
  })
  create(@Scope() scope: WorkspaceScope, @Body() body: CreateWorkspaceMemoryDto): Promise<WorkspaceMemoryResponse> {
    return this.memories.create(scope, body);
  }

  @Delete(':memoryId')
  @WorkspaceParameter()
  @Access('memory:delete', { in: 'path', orWorkspaceToken: true })
  @Audited('memory.delete')
  @Endpoint({
    id: 'deleteWorkspaceMemory',
    summary: 'Forget something',
    type: RemovedMemoryResponse,
    errors: [404],
  })
  remove(@Scope() scope: WorkspaceScope, @Param('memoryId') id: string): Promise<RemovedMemoryResponse> {
    return this.memories.remove(scope, id);
  }
}
