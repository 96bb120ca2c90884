import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { PrismaService } from '#prisma';
import type { BoundServer } from './agent-bindings.types.js';

/** An agent that a binding may be made for. */
export interface BindableAgent {
  id: string;
  /** Null outside any crew. */
  crewId: string | null;
}

/**
 * The rows that a binding hangs on. What a method calls held is neither removed nor deleted before the transaction ends,
 * so that no binding outlives what it is for.
 */
@Injectable()
export class BindingParentsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Whether the workspace has this agent, live. */
  async hasAgent(scope: WorkspaceScope, agentId: string): Promise<boolean> {
    const agent = await this.prisma.client.agent.findFirst({
      where: { id: agentId, workspaceId: scope.workspaceId, deletedAt: null },
      select: { id: true },
    });
    return agent !== null;
  }

  /** A live agent, held. */
  async holdAgent(scope: WorkspaceScope, agentId: string): Promise<BindableAgent | null> {
    const [agent] = await this.prisma.client.$queryRaw<BindableAgent[]>`
      SELECT "id", "crew_id" AS "crewId" FROM "agents"
      WHERE "id" = ${agentId} AND "workspace_id" = ${scope.workspaceId} AND "deleted_at" IS NULL FOR SHARE`;
    return agent ?? null;
  }

  /** What made the server, held; null unless it is one of the workspace's, or of the agent's own crew. */
  async holdServer(scope: WorkspaceScope, server: BoundServer, crewId: string | null): Promise<string | null> {
    const { workspaceId } = scope;
    const rows =
      server.scope === 'workspace'
        ? await this.prisma.client.$queryRaw<{ origin: string }[]>`
            SELECT "origin" FROM "workspace_integrations"
            WHERE "id" = ${server.id} AND "workspace_id" = ${workspaceId} FOR KEY SHARE`
        : await this.prisma.client.$queryRaw<{ origin: string }[]>`
            SELECT "origin" FROM "crew_integrations"
            WHERE "id" = ${server.id} AND "workspace_id" = ${workspaceId} AND "crew_id" = ${crewId} FOR KEY SHARE`;
    return rows[0]?.origin ?? null;
  }
}
