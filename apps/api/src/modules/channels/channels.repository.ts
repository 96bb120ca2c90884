import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type PlatformType, platformTypes } from '#chat-platforms';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import { type BudgetPeriod, budgetPeriods, type Channel } from './channels.types.js';

type InWorkspace = Pick<WorkspaceScope, 'workspaceId'>;

/** What a change writes; members that are undefined stay. */
export type ChannelChange = Partial<
  Pick<
    Channel,
    | 'config'
    | 'sealedConfig'
    | 'chatIds'
    | 'inboundKey'
    | 'confirmedChatId'
    | 'enabled'
    | 'allowedUsers'
    | 'agentId'
    | 'channelBudget'
    | 'budgetPeriod'
  >
> & { updatedAt: Date };

/** Which channels an inbound request may be for. */
export type InboundSearch = { channelId: string } | { inboundKey: string } | { chatId: string | null };

/** The most channels that one unproven request is tried against. */
export const mostTried = 100;

const configSchema = z.record(z.string(), z.string());
const typeSchema = z.enum(platformTypes);
const periodSchema = z.enum(budgetPeriods).nullable();

/** The rows of `channels`. */
@Injectable()
export class ChannelsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page, oldest first, ties broken by id. */
  async findMany({ workspaceId }: InWorkspace, page: PageRequest): Promise<Page<Channel>> {
    const [rows, total] = await Promise.all([
      this.prisma.client.channel.findMany({
        where: { workspaceId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        take: page.limit,
        skip: page.offset,
      }),
      this.prisma.client.channel.count({ where: { workspaceId } }),
    ]);
    return { items: rows.map(toChannel), total };
  }

  /** One channel of the workspace. */
  async findById({ workspaceId }: InWorkspace, id: string): Promise<Channel | null> {
    const row = await this.prisma.client.channel.findFirst({ where: { id, workspaceId } });
    return row && toChannel(row);
  }

  /** The workspace's channel of a type. */
  async findByType({ workspaceId }: InWorkspace, channelType: PlatformType): Promise<Channel | null> {
    const row = await this.prisma.client.channel.findFirst({ where: { workspaceId, channelType } });
    return row && toChannel(row);
  }

  /** Keeps everybody else from changing or removing the channel before the transaction ends. */
  async hold({ workspaceId }: InWorkspace, id: string): Promise<void> {
    await this.prisma.client.$queryRaw`
      SELECT 1 FROM channels WHERE id = ${id} AND workspace_id = ${workspaceId} FOR UPDATE`;
  }

  /** Keeps everybody else from removing the channel before the transaction ends; false when it is gone already. */
  async keep({ workspaceId }: InWorkspace, id: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT 1 FROM channels WHERE id = ${id} AND workspace_id = ${workspaceId} FOR KEY SHARE`;
    return rows.length > 0;
  }

  /**
   * Channels that an inbound request may be for. With a chat: those of that chat, then those of any chat; without: the newest
   * changed. At most {@link mostTried}, and none of a deleted workspace.
   */
  async findInbound(channelType: PlatformType, search: InboundSearch): Promise<Channel[]> {
    const ids = await this.#inboundIds(channelType, search);
    if (ids.length === 0) return [];
    const rows = await this.prisma.client.channel.findMany({
      where: { id: { in: ids } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    return rows.map(toChannel);
  }

  /** Stores a new channel; false when the workspace has one of the type. */
  async insert(channel: Channel): Promise<boolean> {
    const made = await this.prisma.client.channel.createMany({ data: [{ ...channel }], skipDuplicates: true });
    return made.count === 1;
  }

  /** Changes what is given. */
  async update({ workspaceId }: InWorkspace, id: string, change: ChannelChange): Promise<void> {
    await this.prisma.client.channel.updateMany({ where: { id, workspaceId }, data: change });
  }

  /** Removes the channel with its log. */
  async remove({ workspaceId }: InWorkspace, id: string): Promise<boolean> {
    const { count } = await this.prisma.client.channel.deleteMany({ where: { id, workspaceId } });
    return count === 1;
  }

  /**
   * Takes one message from the budget, in one statement; with `limited: false` it only counts. Answers the beginning of the
   * period that was counted in, or null when the budget is used up.
   */
  async takeBudget(
    { workspaceId }: InWorkspace,
    id: string,
    { now, limited }: { now: Date; limited: boolean },
  ): Promise<{ periodFrom: Date | null } | null> {
    const from = Prisma.sql`CASE budget_period
      WHEN 'day' THEN date_trunc('day', ${now}::timestamptz, 'UTC')
      WHEN 'month' THEN date_trunc('month', ${now}::timestamptz, 'UTC') END`;
    const used = Prisma.sql`CASE WHEN budget_period_from IS NOT DISTINCT FROM ${from} THEN budget_used ELSE 0 END`;
    const rows = await this.prisma.client.$queryRaw<{ periodFrom: Date | null }[]>`
      UPDATE channels SET budget_used = ${used} + 1, budget_period_from = ${from}
      WHERE id = ${id} AND workspace_id = ${workspaceId}
        AND (${!limited} OR channel_budget IS NULL OR ${used} < channel_budget)
      RETURNING budget_period_from AS "periodFrom"`;
    return rows[0] ?? null;
  }

  /** Gives one message back to the budget, unless another period has begun since. */
  async returnBudget({ workspaceId }: InWorkspace, id: string, periodFrom: Date | null): Promise<void> {
    await this.prisma.client.$executeRaw`
      UPDATE channels SET budget_used = GREATEST(budget_used - 1, 0)
      WHERE id = ${id} AND workspace_id = ${workspaceId} AND budget_period_from IS NOT DISTINCT FROM ${periodFrom}`;
  }

  /** Counts one message. */
  async count({ workspaceId }: InWorkspace, id: string, at: Date): Promise<void> {
    await this.prisma.client.channel.updateMany({
      where: { id, workspaceId },
      data: { messageCount: { increment: 1 }, lastMessageAt: at },
    });
  }

  async #inboundIds(channelType: PlatformType, search: InboundSearch): Promise<string[]> {
    const { client } = this.prisma;
    if ('chatId' in search) {
      const rows = await client.$queryRaw<{ id: string }[]>`
        SELECT c.id FROM channels c JOIN workspaces w ON w.id = c.workspace_id AND w.deleted_at IS NULL
        WHERE channel_type = ${channelType}
          AND (${search.chatId}::text IS NULL OR chat_ids @> ARRAY[${search.chatId ?? ''}]
               OR confirmed_chat_id = ${search.chatId} OR chat_ids = '{}')
        ORDER BY (chat_ids = '{}'), c.updated_at DESC, c.id DESC LIMIT ${mostTried}`;
      return rows.map(({ id }) => id);
    }
    const where = 'channelId' in search ? { id: search.channelId } : { inboundKey: search.inboundKey };
    const rows = await client.channel.findMany({
      where: { channelType, workspace: { deletedAt: null }, ...where },
      select: { id: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: mostTried,
    });
    return rows.map(({ id }) => id);
  }
}

type Row = Prisma.ChannelGetPayload<Record<never, never>>;

function toChannel(row: Row): Channel {
  return {
    ...row,
    channelType: typeSchema.parse(row.channelType),
    config: configSchema.parse(row.config),
    budgetPeriod: periodSchema.parse(row.budgetPeriod) satisfies BudgetPeriod | null,
  };
}
