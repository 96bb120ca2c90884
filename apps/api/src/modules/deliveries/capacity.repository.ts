import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';

/** What a workspace's runtime said of how busy it is. */
export interface ToldCapacity {
  maxConcurrentTasks: number;
  activeTasks: number;
  lastHeartbeatAt: Date | null;
  /** Whether it fires its schedules itself. */
  ownScheduler: boolean;
}

/** How busy the workspaces' runtimes are, by their own words. */
@Injectable()
export class CapacityRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** By workspace; those without a runtime of their own are left out. */
  async find(workspaceIds: readonly string[]): Promise<Map<string, ToldCapacity>> {
    const rows = await this.prisma.client.workspaceRuntime.findMany({
      where: { workspaceId: { in: [...workspaceIds] } },
      select: {
        workspaceId: true,
        maxConcurrentTasks: true,
        activeTasks: true,
        lastHeartbeatAt: true,
        ownScheduler: true,
      },
    });
    return new Map(rows.map(({ workspaceId, ...told }) => [workspaceId, told]));
  }
}
