import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import { crewErrors } from './crews.errors.js';
import { toCrewResponse } from './crews.mapper.js';
import { CrewsRepository } from './crews.repository.js';
import type { CountedCrew } from './crews.types.js';
import type { CrewResponse } from './dto/crew.response.js';

/** Reading crews, for callers and for features that work on them. */
@Injectable()
export class CrewsService {
  constructor(private readonly repository: CrewsRepository) {}

  /** One page of the workspace's crews, newest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<CrewResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    return { items: items.map((row) => toCrewResponse(row)), total };
  }

  /** @throws AppError `crew.not_found`, also for another workspace's. */
  async get(scope: WorkspaceScope, id: string): Promise<CrewResponse> {
    return toCrewResponse(await this.getRow(scope, id));
  }

  /** The stored row of a live crew. @throws AppError `crew.not_found`. */
  async getRow(scope: WorkspaceScope, id: string): Promise<CountedCrew> {
    return (await this.repository.findById(scope, id)) ?? raise(crewErrors.notFound());
  }

  /**
   * Keeps a live crew from being deleted until the transaction ends: for writers of rows that hang on it.
   * @throws AppError `crew.not_found`.
   */
  async hold(scope: WorkspaceScope, id: string): Promise<void> {
    if (!(await this.repository.hold(scope, id))) throw crewErrors.notFound();
  }
}
