import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { TransferredTool } from './tool-bindings.types.js';

/** Writes the tools of servers of both levels. */
@Injectable()
export class ToolTransferRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Adds rows of servers of the scope's workspace. */
  async insertAll(
    { workspaceId }: Pick<WorkspaceScope, 'workspaceId'>,
    tools: readonly (TransferredTool & { id: string })[],
    now: Date,
  ): Promise<void> {
    const data = tools.map((tool) => ({ ...tool, workspaceId, createdAt: now, updatedAt: now }));
    await this.prisma.client.toolBinding.createMany({ data });
  }
}
