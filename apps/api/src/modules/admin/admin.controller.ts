import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, Scope } from '#access';
import { Endpoint, PageQuery } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { AdminService } from './admin.service.js';
import { AdminStatsResponse } from './dto/admin-stats.response.js';
import { AdminUserResponse } from './dto/admin-user.response.js';
import { AdminWorkspaceResponse } from './dto/admin-workspace.response.js';
import { KeeperRequestResponse } from './dto/keeper-request.response.js';

/** What the owner of a workspace may know of it (seed 003, "Admin"). */
@ApiTags('Administration')
@Controller('api/v1/admin')
export class AdminController {
  constructor(private readonly admin: AdminService) {}

  @Get('stats')
  @Access('admin:own')
  @Endpoint({ id: 'getAdminStats', summary: 'Get the numbers of the workspace', type: AdminStatsResponse })
  stats(@Scope() scope: WorkspaceScope): Promise<AdminStatsResponse> {
    return this.admin.stats(scope);
  }

  @Get('users')
  @Access('admin:own')
  @Endpoint({
    id: 'listAdminUsers',
    summary: 'List the people of the workspace',
    description: 'Youngest account first.',
    type: [AdminUserResponse],
    paged: true,
  })
  users(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<AdminUserResponse>> {
    return this.admin.users(scope, page);
  }

  @Get('workspaces')
  @Access('admin:own')
  @Endpoint({
    id: 'listAdminWorkspaces',
    summary: 'Get the workspace with its numbers',
    description: 'A list of one: the workspace that the request names.',
    type: [AdminWorkspaceResponse],
    paged: true,
  })
  workspaces(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<AdminWorkspaceResponse>> {
    return this.admin.workspaces(scope, page);
  }

  @Get('keeper/requests')
  @Access('admin:own')
  @Endpoint({
    id: 'listKeeperRequests',
    summary: 'List the requests that the keeper judged',
    description: 'Always empty here: this instance has no keeper.',
    type: [KeeperRequestResponse],
    paged: true,
  })
  keeperRequests(@Query() _page: PageQuery): Page<KeeperRequestResponse> {
    return this.admin.keeperRequests();
  }
}
