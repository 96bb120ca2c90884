import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import { type ActivityEntry, activityTypes } from './activity.types.js';

const columns = {
  id: true,
  type: true,
  status: true,
  summary: true,
  detail: true,
  fromName: true,
  fromSlug: true,
  toName: true,
  toSlug: true,
  crewName: true,
  crewSlug: true,
  crewColor: true,
  createdAt: true,
} satisfies Prisma.ActivityEntrySelect;

/** The rows of `activity_entries`. */
@Injectable()
export class ActivityRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of the workspace's feed, newest first, ties broken by id. */
  async findMany(
    scope: WorkspaceScope,
    { crewId, agentId }: { crewId?: string; agentId?: string },
    page: PageRequest,
  ): Promise<Page<ActivityEntry>> {
    const where: Prisma.ActivityEntryWhereInput = {
      workspaceId: scope.workspaceId,
      type: { in: [...activityTypes] },
      ...(crewId && { crewId }),
      ...(agentId && { fromAgentId: agentId }),
    };
    const rows = await this.prisma.client.activityEntry.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    const total = await this.prisma.client.activityEntry.count({ where });
    const items = rows.flatMap((row) => {
      const type = activityTypes.find((each) => each === row.type);
      return type ? [{ ...row, type }] : [];
    });
    return { items, total };
  }
}
