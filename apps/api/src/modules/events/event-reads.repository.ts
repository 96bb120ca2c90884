import { Injectable } from '@nestjs/common';
import type { JsonObject, Page, PageRequest } from '#kernel';
import { Prisma, PrismaService } from '#prisma';
import type { EventCursor } from './event-cursor-rules.js';
import { type EventFilter, eventTypes, type StreamedEvent } from './events.types.js';

interface Row {
  id: string;
  xid: bigint;
  seq: bigint;
  workspaceId: string | null;
  agentId: string | null;
  type: string;
  payload: unknown;
  createdAt: Date;
}

const columns = {
  id: true,
  xid: true,
  seq: true,
  workspaceId: true,
  agentId: true,
  type: true,
  payload: true,
  createdAt: true,
} satisfies Prisma.EventSelect;

/** Events that follow a place in the stream. */
export interface EventsAfter {
  events: StreamedEvent[];
  /** Where reading goes on; null when there was nothing. */
  last: EventCursor | null;
  /** Whether there may be more at once: the limit was reached. */
  isFull: boolean;
  /** Whether some are written that must wait, because an older transaction is still running. */
  isHeld: boolean;
}

/** How the stream of a workspace stands at one moment. */
export interface StreamStanding {
  /** As of {@link EventReadsRepository.horizon}. */
  horizon: bigint;
  /** Numbers of the events that are there already and will be read later, because an older transaction is still running. */
  held: ReadonlySet<bigint>;
}

/** Reads rows of `events`. */
@Injectable()
export class EventReadsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * The oldest transaction that is still running: everything that older ones wrote is there to be read, and nothing will
   * come to stand before it any more.
   */
  async horizon(): Promise<bigint> {
    const [row] = await this.prisma.rows<{ horizon: bigint }>(
      Prisma.sql`SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon`,
    );
    return row?.horizon ?? 0n;
  }

  /** Where a workspace's stream stands for one who wants only what comes from now on. */
  async standing(workspaceId: string): Promise<StreamStanding> {
    const [row] = await this.prisma.rows<{ horizon: bigint; held: string[] }>(Prisma.sql`
      SELECT now.horizon, ARRAY(
        SELECT e.seq::text FROM events e WHERE e.workspace_id = ${workspaceId}::text AND e.xid >= now.horizon) AS held
      FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon) AS now`);
    return { horizon: row?.horizon ?? 0n, held: new Set(row?.held.map(BigInt)) };
  }

  /** Which of the workspaces have events that transactions from `since` on wrote, and the {@link horizon} to ask from next. */
  async touchedSince(since: bigint, workspaceIds: readonly string[]): Promise<{ touched: string[]; horizon: bigint }> {
    const [row] = await this.prisma.rows<{ horizon: bigint; touched: string[] }>(Prisma.sql`
      SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon, ARRAY(
        SELECT DISTINCT e.workspace_id FROM events e
        WHERE e.workspace_id = ANY(${[...workspaceIds]}::text[]) AND e.xid >= ${since}::bigint) AS touched`);
    return row ?? { touched: [], horizon: since };
  }

  /**
   * The workspace's events after a place, in the order of the stream, up to the {@link horizon}. One that a slow transaction
   * is about to commit is therefore never passed over.
   */
  async findAfter(workspaceId: string, { xid, seq }: EventCursor, limit: number): Promise<EventsAfter> {
    const rows = await this.prisma.rows<Row & { horizon: bigint }>(Prisma.sql`
      SELECT e.id, e.xid, e.seq, e.workspace_id AS "workspaceId", e.agent_id AS "agentId", e.type, e.payload,
             e.created_at AS "createdAt", pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon
      FROM events e
      WHERE e.workspace_id = ${workspaceId}::text AND (e.xid, e.seq) > (${xid}::bigint, ${seq}::bigint)
      ORDER BY e.xid, e.seq
      LIMIT ${limit}::int`);
    const settled = rows.filter((row) => row.xid < row.horizon);
    const isHeld = settled.length < rows.length;
    const last = settled.at(-1) ?? null;
    return { events: settled.flatMap(toEvents), last, isFull: !isHeld && rows.length === limit, isHeld };
  }

  /** One page of a workspace's events, newest first. */
  async findMany(
    { workspaceId }: { workspaceId: string },
    { type, agentId }: EventFilter,
    page: PageRequest,
  ): Promise<Page<StreamedEvent>> {
    const where: Prisma.EventWhereInput = { workspaceId, ...(type && { type }), ...(agentId && { agentId }) };
    return { items: await this.#page(where, page), total: await this.prisma.client.event.count({ where }) };
  }

  /** The newest events of the whole instance, newest first. */
  findNewest(limit: number): Promise<StreamedEvent[]> {
    return this.#page({}, { limit, offset: 0 });
  }

  /**
   * Puts events of transactions that this cluster has not reached yet before all others: they were restored from a dump of
   * another one, and would hold up what is published from here on.
   */
  adoptRestored(): Promise<number> {
    return this.prisma.client.$executeRaw(
      Prisma.sql`UPDATE events SET xid = 0 WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint`,
    );
  }

  /** Removes those of the oldest events that are from before an instant, at most so many. Answers how many it removed. */
  forget(before: Date, limit: number): Promise<number> {
    return this.prisma.client.$executeRaw(Prisma.sql`
      DELETE FROM events WHERE id IN (
        SELECT id FROM (SELECT id, created_at FROM events ORDER BY xid, seq LIMIT ${limit}::int) oldest
        WHERE created_at < ${before}::timestamptz)`);
  }

  async #page(where: Prisma.EventWhereInput, { limit, offset }: PageRequest): Promise<StreamedEvent[]> {
    const rows = await this.prisma.client.event.findMany({
      where,
      select: columns,
      orderBy: [{ xid: 'desc' }, { seq: 'desc' }],
      take: limit,
      skip: offset,
    });
    return rows.flatMap(toEvents);
  }
}

// A type that a later version wrote is not this one's to explain.
function toEvents({ xid, seq, type, payload, ...row }: Row): StreamedEvent[] {
  const known = eventTypes.find((each) => each === type);
  return known ? [{ ...row, type: known, payload: payload as JsonObject, cursor: { xid, seq } }] : [];
}
