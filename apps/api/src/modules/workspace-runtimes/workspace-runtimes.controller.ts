import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Audited, NotAudited } from '#audit-log';
import { Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { HeartbeatDto } from './dto/heartbeat.dto.js';
import { UpdateWorkspaceRuntimeDto } from './dto/update-workspace-runtime.dto.js';
import { HeartbeatResponse, WorkspaceRuntimeResponse } from './dto/workspace-runtime.response.js';
import { WorkspaceRuntimesService } from './workspace-runtimes.service.js';

/** What a workspace is as a running agent (beside seed 004, whose workspaces are agents). */
@ApiTags('Workspace runtime')
@Controller('api/v1/workspaces/:workspaceId')
export class WorkspaceRuntimesController {
  constructor(private readonly runtimes: WorkspaceRuntimesService) {}

  @Get('runtime')
  @WorkspaceParameter()
  @Access('workspace:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'getWorkspaceRuntime',
    summary: 'Get what a workspace is as a running agent',
    type: WorkspaceRuntimeResponse,
    errors: [404],
  })
  get(@Scope() scope: WorkspaceScope): Promise<WorkspaceRuntimeResponse> {
    return this.runtimes.get(scope);
  }

  @Patch('runtime')
  @WorkspaceParameter()
  @Access('workspace:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('workspace_runtime.update')
  @Endpoint({
    id: 'updateWorkspaceRuntime',
    summary: 'Change what a workspace is as a running agent',
    description:
      'A parent must be a workspace that the caller manages too, and so must the one that is left: its plugin allow-list holds here. A workspace token changes no parent.',
    type: WorkspaceRuntimeResponse,
    errors: [400, 404],
  })
  update(@Scope() scope: WorkspaceScope, @Body() body: UpdateWorkspaceRuntimeDto): Promise<WorkspaceRuntimeResponse> {
    return this.runtimes.update(scope, body);
  }

  @Post('heartbeat')
  @HttpCode(200)
  @WorkspaceParameter()
  @Access('workspace:create', { in: 'path', orWorkspaceToken: true })
  @NotAudited('says several times a minute that nothing changed')
  @Endpoint({
    id: 'reportWorkspaceHeartbeat',
    summary: 'Report that the agent is there, and how busy',
    description:
      'Schedules wait while a workspace works on as many tasks as it can, and are not fired while it keeps its own time.',
    type: HeartbeatResponse,
    errors: [400, 404],
  })
  beat(@Scope() scope: WorkspaceScope, @Body() body: HeartbeatDto): Promise<HeartbeatResponse> {
    return this.runtimes.beat(scope, body);
  }
}
