import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { toAdminUserResponse, toAdminWorkspaceResponse } from './admin.mapper.js';
import { AdminRepository } from './admin.repository.js';
import type { AdminStatsResponse } from './dto/admin-stats.response.js';
import type { AdminUserResponse } from './dto/admin-user.response.js';
import type { AdminWorkspaceResponse } from './dto/admin-workspace.response.js';
import type { KeeperRequestResponse } from './dto/keeper-request.response.js';

/** What the owner of a workspace may know of it. */
@Injectable()
export class AdminService {
  constructor(private readonly repository: AdminRepository) {}

  /** The workspace's numbers. */
  async stats(scope: WorkspaceScope): Promise<AdminStatsResponse> {
    return { workspaces: 1, ...(await this.repository.stats(scope)) };
  }

  /** One page of the workspace's people. */
  async users(scope: WorkspaceScope, page: PageRequest): Promise<Page<AdminUserResponse>> {
    const { items, total } = await this.repository.findUsers(scope, page);
    return { items: items.map(toAdminUserResponse), total };
  }

  /** The one workspace that the caller administers here. */
  async workspaces(scope: WorkspaceScope, page: PageRequest): Promise<Page<AdminWorkspaceResponse>> {
    const workspace = await this.repository.findWorkspace(scope);
    if (!workspace) return { items: [], total: 0 };
    const item = toAdminWorkspaceResponse(workspace, await this.repository.stats(scope));
    return { items: page.offset === 0 ? [item] : [], total: 1 };
  }

  /** Requests that the keeper judged. There is no keeper in this instance, so there are none. */
  keeperRequests(): Page<KeeperRequestResponse> {
    return { items: [], total: 0 };
  }
}
