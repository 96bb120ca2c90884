import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { ImportedServer } from './crew-blob-servers.js';

/** A server of a blob as a crew integration. */
export interface ImportedRow extends ImportedServer {
  id: string;
  sealedLiterals: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Crew integrations that come from a crew's `mcp_config_json`. */
@Injectable()
export class CrewBlobRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Names of the integrations that the crew has. */
  async findNames(scope: WorkspaceScope, crewId: string): Promise<ReadonlySet<string>> {
    const rows = await this.prisma.client.crewIntegration.findMany({
      where: { crewId, workspaceId: scope.workspaceId },
      select: { name: true },
    });
    return new Set(rows.map((row) => row.name));
  }

  /** Adds integrations; names that the crew has meanwhile got are kept as they are. */
  async insertMissing(scope: WorkspaceScope, crewId: string, rows: readonly ImportedRow[]): Promise<void> {
    if (rows.length === 0) return;
    const { workspaceId } = scope;
    await this.prisma.client.crewIntegration.createMany({
      data: rows.map((row) => ({ ...row, crewId, workspaceId })),
      skipDuplicates: true,
    });
  }
}
