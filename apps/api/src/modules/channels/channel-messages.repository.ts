import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import { type ChannelMessage, messageStatuses } from './channels.types.js';

type InWorkspace = Pick<WorkspaceScope, 'workspaceId'>;

/** One earlier exchange in a chat. */
export interface Exchange {
  user: string;
  message: string;
  reply: string;
  time: Date;
}

/** How many earlier exchanges an agent is told of, and how old they may be. */
export const historyLimits = { most: 10, maxAgeMs: 24 * 3_600_000 } as const;

/** The reason of the line that a chat's history begins after. */
export const resetReason = 'command:reset';

const directionSchema = z.enum(['inbound', 'outbound']);
const statusSchema = z.enum(messageStatuses);

/** The rows of `channel_messages`. */
@Injectable()
export class ChannelMessagesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page of a channel's log, newest first. */
  async findMany({ workspaceId }: InWorkspace, channelId: string, page: PageRequest): Promise<Page<ChannelMessage>> {
    const where = { workspaceId, channelId };
    const [rows, total] = await Promise.all([
      this.prisma.client.channelMessage.findMany({
        where,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: page.limit,
        skip: page.offset,
      }),
      this.prisma.client.channelMessage.count({ where }),
    ]);
    return { items: rows.map(toMessage), total };
  }

  /** One line. */
  async findById({ workspaceId }: InWorkspace, id: string): Promise<ChannelMessage | null> {
    const row = await this.prisma.client.channelMessage.findFirst({ where: { id, workspaceId } });
    return row && toMessage(row);
  }

  /** Writes lines. */
  async insertAll(messages: readonly ChannelMessage[]): Promise<void> {
    await this.prisma.client.channelMessage.createMany({ data: [...messages] });
  }

  /** Writes a line unless the channel has one of the same message; false when it has. Waits for one that is being written. */
  async insertIfNew(message: ChannelMessage): Promise<boolean> {
    const made = await this.prisma.client.channelMessage.createMany({ data: [message], skipDuplicates: true });
    return made.count === 1;
  }

  /** Changes a line while it has the status; false when it has another. */
  async update(
    { workspaceId }: InWorkspace,
    id: string,
    was: ChannelMessage['status'],
    change: Partial<Pick<ChannelMessage, 'status' | 'reason' | 'replyText' | 'deliveryId'>>,
  ): Promise<boolean> {
    const { count } = await this.prisma.client.channelMessage.updateMany({
      where: { id, workspaceId, status: was },
      data: change,
    });
    return count === 1;
  }

  /** Keeps what a message is to be answered; false when it was answered before or is gone. */
  async setReply({ workspaceId }: InWorkspace, id: string, replyText: string): Promise<boolean> {
    const { count } = await this.prisma.client.channelMessage.updateMany({
      where: { id, workspaceId, status: { in: ['accepted', 'failed'] }, replyText: null },
      data: { replyText, status: 'accepted' },
    });
    return count === 1;
  }

  /** Removes up to `most` lines that were written before the instant. Answers how many. Several replicas may do it at once. */
  removeOlder(than: Date, most: number): Promise<number> {
    return this.prisma.client.$executeRaw`
      DELETE FROM channel_messages WHERE id IN (
        SELECT id FROM channel_messages WHERE created_at < ${than} ORDER BY created_at LIMIT ${most}
        FOR UPDATE SKIP LOCKED)`;
  }

  /** The last answered exchanges of a chat that are young enough and after its last reset, oldest first. */
  async findHistory(channelId: string, chatId: string, now: Date): Promise<Exchange[]> {
    const since = new Date(now.getTime() - historyLimits.maxAgeMs);
    const reset = await this.prisma.client.channelMessage.findFirst({
      where: { channelId, chatId, reason: resetReason, createdAt: { gte: since } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { createdAt: true, id: true },
    });
    const rows = await this.prisma.client.channelMessage.findMany({
      where: {
        channelId,
        chatId,
        direction: 'inbound',
        reason: null,
        replyText: { not: null },
        createdAt: { gte: since },
        ...(reset && {
          OR: [{ createdAt: { gt: reset.createdAt } }, { createdAt: reset.createdAt, id: { gt: reset.id } }],
        }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: historyLimits.most,
      select: { userId: true, username: true, text: true, replyText: true, createdAt: true },
    });
    return rows.reverse().map((row) => ({
      user: row.username ?? row.userId ?? '',
      message: row.text ?? '',
      reply: row.replyText ?? '',
      time: row.createdAt,
    }));
  }

  /** The last messages of the enabled Slack channels of these workspaces, oldest first. */
  async findRecentOfSlack(
    workspaceIds: readonly string[],
    most: number,
  ): Promise<{ workspaceId: string; name: string; text: string }[]> {
    return this.prisma.client.$queryRaw`
      SELECT c.workspace_id AS "workspaceId", m.text,
        COALESCE(m.username, m.user_id, CASE m.direction WHEN 'outbound' THEN 'agent' ELSE 'somebody' END) AS name
      FROM channels c CROSS JOIN LATERAL (
        SELECT * FROM channel_messages
        WHERE channel_id = c.id AND text IS NOT NULL AND status IN ('accepted', 'answered', 'sent')
        ORDER BY created_at DESC, id DESC LIMIT ${most}
      ) m
      WHERE c.workspace_id = ANY(${workspaceIds}) AND c.channel_type = 'slack' AND c.enabled AND c.chat_ids <> '{}'
      ORDER BY c.workspace_id, m.created_at, m.id`;
  }
}

function toMessage(row: Prisma.ChannelMessageGetPayload<Record<never, never>>): ChannelMessage {
  return { ...row, direction: directionSchema.parse(row.direction), status: statusSchema.parse(row.status) };
}
