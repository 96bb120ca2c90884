import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import type { WorkspaceFileContentResponse, WorkspaceFileResponse } from './dto/workspace-file.response.js';
import { workspaceFileErrors } from './workspace-files.errors.js';
import { toWorkspaceFileResponse } from './workspace-files.mapper.js';
import { WorkspaceFilesRepository } from './workspace-files.repository.js';

/** The files of a workspace's configuration, for its agents to fetch. */
@Injectable()
export class WorkspaceFilesService {
  constructor(private readonly repository: WorkspaceFilesRepository) {}

  /** One page by path, without contents. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<WorkspaceFileResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    return { items: items.map(toWorkspaceFileResponse), total };
  }

  /** One file with its content. @throws AppError `workspace_file.not_found`. */
  async get(scope: WorkspaceScope, id: string): Promise<WorkspaceFileContentResponse> {
    const row = (await this.repository.findById(scope, id)) ?? raise(workspaceFileErrors.notFound());
    return { ...toWorkspaceFileResponse(row), content: row.content };
  }
}
