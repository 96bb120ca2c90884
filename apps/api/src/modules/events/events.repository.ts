import { Injectable } from '@nestjs/common';
import { Prisma, PrismaService } from '#prisma';
import { EventNoticesRepository } from './event-notices.repository.js';
import type { PublishedEvent } from './events.types.js';

/** Writes rows of `events`. */
@Injectable()
export class EventsRepository {
  constructor(
    private readonly prisma: PrismaService,
    private readonly notices: EventNoticesRepository,
  ) {}

  /**
   * Adds events and tells every process of their workspaces when the transaction has been kept. One statement, in the order
   * given. The notice holds the workspace's id only: what it was is read from the table.
   */
  async insert(events: readonly PublishedEvent[]): Promise<void> {
    const rows = JSON.stringify(
      events.map(({ id, workspaceId, agentId, type, payload, createdAt }) => ({
        id,
        workspace_id: workspaceId,
        agent_id: agentId,
        type,
        payload,
        created_at: createdAt.toISOString(),
      })),
    );
    await this.prisma.client.$executeRaw(Prisma.sql`
      INSERT INTO events (id, workspace_id, agent_id, type, payload, created_at)
      SELECT id, workspace_id, agent_id, type, payload, created_at
      FROM jsonb_to_recordset(${rows}::jsonb) AS e(
        id text, workspace_id text, agent_id text, type text, payload jsonb, created_at timestamptz)`);
    const touched = new Set(events.flatMap(({ workspaceId }) => workspaceId ?? []));
    if (touched.size > 0) this.prisma.whenKept(() => this.notices.tell(touched));
  }
}
