import { Injectable } from '@nestjs/common';
import { Prisma, PrismaService } from '#prisma';
import { eventChannel } from './events.channel.js';
import type { PublishedEvent } from './events.types.js';

/** Writes rows of `events`. */
@Injectable()
export class EventsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Adds events and tells every process of their workspaces when the transaction is kept. One statement, in the order
   * given. The notification holds the workspace's id only: what it was is read from the table.
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
      WITH written AS (
        INSERT INTO events (id, workspace_id, agent_id, type, payload, created_at)
        SELECT id, workspace_id, agent_id, type, payload, created_at
        FROM jsonb_to_recordset(${rows}::jsonb) AS e(
          id text, workspace_id text, agent_id text, type text, payload jsonb, created_at timestamptz)
        RETURNING workspace_id
      )
      SELECT pg_notify(${eventChannel}::text, workspace_id)
      FROM (SELECT DISTINCT workspace_id FROM written WHERE workspace_id IS NOT NULL) touched`);
  }
}
