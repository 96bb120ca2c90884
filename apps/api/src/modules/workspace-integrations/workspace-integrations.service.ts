import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import type { WorkspaceIntegrationResponse } from './dto/workspace-integration.response.js';
import { integrationErrors } from './workspace-integrations.errors.js';
import { toWorkspaceIntegrationResponse } from './workspace-integrations.mapper.js';
import { WorkspaceIntegrationsRepository } from './workspace-integrations.repository.js';
import type { CountedWorkspaceIntegration } from './workspace-integrations.types.js';

/** Reading the MCP servers of a workspace. */
@Injectable()
export class WorkspaceIntegrationsService {
  constructor(private readonly repository: WorkspaceIntegrationsRepository) {}

  /** One page of the workspace's servers, newest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<WorkspaceIntegrationResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    return { items: items.map(toWorkspaceIntegrationResponse), total };
  }

  /** @throws AppError `integration.not_found`, also for another workspace's. */
  async get(scope: WorkspaceScope, id: string): Promise<WorkspaceIntegrationResponse> {
    return toWorkspaceIntegrationResponse(await this.getRow(scope, id));
  }

  /** The stored row, for features that work on servers. */
  async getRow(scope: WorkspaceScope, id: string): Promise<CountedWorkspaceIntegration> {
    return (await this.repository.findById(scope, id)) ?? raise(integrationErrors.notFound());
  }
}
