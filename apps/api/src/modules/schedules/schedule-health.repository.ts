import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#kernel';
import { PrismaService } from '#prisma';

/** A schedule with its workspace, as the instance's administrator sees it. */
export interface ScheduleOfInstance {
  id: string;
  name: string;
  cronExpr: string;
  timezone: string;
  lastRunAt: Date | null;
  nextRunAt: Date | null;
  createdAt: Date;
  workspace: { id: string; name: string };
}

/** Schedules of all workspaces. */
@Injectable()
export class ScheduleHealthRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of those that are switched on, by the names of workspace and schedule; none of deleted workspaces. */
  async findMany(page: PageRequest): Promise<Page<ScheduleOfInstance>> {
    const where = { enabled: true, workspace: { deletedAt: null } };
    const items = await this.prisma.client.schedule.findMany({
      where,
      select: {
        id: true,
        name: true,
        cronExpr: true,
        timezone: true,
        lastRunAt: true,
        nextRunAt: true,
        createdAt: true,
        workspace: { select: { id: true, name: true } },
      },
      orderBy: [{ workspace: { name: 'asc' } }, { workspaceId: 'asc' }, { name: 'asc' }, { id: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items, total: await this.prisma.client.schedule.count({ where }) };
  }
}
