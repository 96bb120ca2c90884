import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { Delivery, DeliveryStatus } from './deliveries.types.js';

const words: Record<string, string> = {
  schedule: 'Schedule',
  channel: 'Channel',
  webhook: 'Webhook',
  manual: 'Manual run',
};
const states: Record<DeliveryStatus, string> = {
  pending: 'PENDING',
  delivered: 'COMPLETED',
  acknowledged: 'COMPLETED',
  dead: 'FAILED',
  no_endpoint: 'FAILED',
  cancelled: 'CANCELLED',
};

/** What the feed says of a message that was settled. */
export function activityOf(originKind: string, status: DeliveryStatus) {
  const from = words[originKind] ?? originKind;
  return { from, status: states[status], summary: `${from} message ${status.replace('_', ' ')}` };
}

/** Says in the activity feed what became of messages. */
@Injectable()
export class ActivityRecordsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One entry of a message that was settled: an assignment by whatever made it, to its agent. None without an agent. */
  async add(id: string, delivery: Delivery, at: Date): Promise<void> {
    const { from, status, summary } = activityOf(delivery.originKind, delivery.status);
    await this.prisma.client.$executeRaw`
      INSERT INTO activity_entries (id, workspace_id, type, status, summary, detail, from_agent_id, from_name, from_slug,
        to_name, to_slug, crew_id, crew_name, crew_slug, crew_color, created_at)
      SELECT ${id}, a.workspace_id, 'assignment', ${status}, ${summary}, ${delivery.lastError}::text, a.id,
        ${from}, ${delivery.originKind}, a.name, a.slug, c.id, coalesce(c.name, ''), coalesce(c.slug, ''), c.color, ${at}
      FROM agents a LEFT JOIN crews c ON c.id = a.crew_id
      WHERE a.id = ${delivery.agentId} AND a.workspace_id = ${delivery.workspaceId}`;
  }
}
