import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { TransferredFile, WorkspaceFile } from './workspace-files.types.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** A row to add. */
export interface NewWorkspaceFile extends TransferredFile, Tenant {
  id: string;
  createdAt: Date;
  updatedAt: Date;
}

/** The rows of `workspace_files`. */
@Injectable()
export class WorkspaceFilesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page by path, without contents. */
  async findMany({ workspaceId }: Tenant, { limit, offset }: PageRequest): Promise<Page<WorkspaceFile>> {
    const items = await this.prisma.client.$queryRaw<WorkspaceFile[]>`
      SELECT id, path, octet_length(content) AS "sizeBytes", created_at AS "createdAt", updated_at AS "updatedAt"
      FROM workspace_files WHERE workspace_id = ${workspaceId}
      ORDER BY path COLLATE "C", id LIMIT ${limit} OFFSET ${offset}`;
    return { items, total: await this.prisma.client.workspaceFile.count({ where: { workspaceId } }) };
  }

  /** One file with its content. */
  async findById({ workspaceId }: Tenant, id: string): Promise<(WorkspaceFile & { content: string }) | null> {
    const row = await this.prisma.client.workspaceFile.findFirst({
      where: { id, workspaceId },
      select: { id: true, path: true, content: true, createdAt: true, updatedAt: true },
    });
    return row && { ...row, sizeBytes: Buffer.byteLength(row.content) };
  }

  /** Every file by path. */
  findAll({ workspaceId }: Tenant): Promise<TransferredFile[]> {
    return this.prisma.client.workspaceFile.findMany({
      where: { workspaceId },
      select: { path: true, content: true },
      orderBy: { path: 'asc' },
    });
  }

  /** Adds files of any workspaces. One statement. */
  async insertAll(rows: readonly NewWorkspaceFile[]): Promise<void> {
    await this.prisma.client.workspaceFile.createMany({ data: [...rows] });
  }
}
