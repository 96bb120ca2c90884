import { Injectable } from '@nestjs/common';
import { pageRequestOf, paginationOf } from '#http';
import { Clock, raise, type WorkspaceScope } from '#kernel';
import type { ListRunsQuery } from './dto/list-runs.query.js';
import type { RunPageResponse, RunResponse } from './dto/run.response.js';
import { runErrors } from './runs.errors.js';
import { toRunResponse } from './runs.mapper.js';
import { RunsRepository } from './runs.repository.js';

/** What agents did. The runtime writes it; nothing here runs agents. */
@Injectable()
export class RunsService {
  constructor(
    private readonly repository: RunsRepository,
    private readonly clock: Clock,
  ) {}

  /** One page of the workspace's runs, newest first, with how all of them stand. */
  async list(scope: WorkspaceScope, query: ListRunsQuery): Promise<RunPageResponse> {
    const filter = { status: query.status, agentId: query.agent_id, trigger: query.trigger, tag: query.tag };
    const { items, total } = await this.repository.findMany(scope, filter, pageRequestOf(query));
    const midnight = this.clock.now();
    midnight.setUTCHours(0, 0, 0, 0);
    const stats = await this.repository.stats(scope, midnight);
    return { data: items.map(toRunResponse), stats, pagination: paginationOf(query, total) };
  }

  /** @throws AppError `run.not_found`, also for another workspace's. */
  async get(scope: WorkspaceScope, id: string): Promise<RunResponse> {
    return toRunResponse((await this.repository.findById(scope, id)) ?? raise(runErrors.notFound()));
  }
}
