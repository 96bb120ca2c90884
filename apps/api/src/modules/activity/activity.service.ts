import { Injectable } from '@nestjs/common';
import type { Page, WorkspaceScope } from '#kernel';
import { toActivityEntryResponse } from './activity.mapper.js';
import { ActivityRepository } from './activity.repository.js';
import type { ActivityEntryResponse } from './dto/activity-entry.response.js';
import type { ListActivityQuery } from './dto/list-activity.query.js';

/** What happens between the agents of a workspace. */
@Injectable()
export class ActivityService {
  constructor(private readonly repository: ActivityRepository) {}

  /** One page of the workspace's feed, newest first. */
  async list(scope: WorkspaceScope, query: ListActivityQuery): Promise<Page<ActivityEntryResponse>> {
    const filter = { crewId: query.crew_id, agentId: query.agent_id };
    const { items, total } = await this.repository.findMany(scope, filter, query);
    return { items: items.map(toActivityEntryResponse), total };
  }
}
