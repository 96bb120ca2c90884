import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import type { RevocationReason, Session, SessionUser } from './sessions.types.js';

const columns = {
  id: true,
  createdAt: true,
  lastUsedAt: true,
  userAgent: true,
  ip: true,
} satisfies Prisma.UserSessionSelect;

const userColumns = { id: true, email: true, fullName: true, avatarUrl: true } satisfies Prisma.UserSelect;

/** What a new session is made of. */
export interface NewSession extends Session {
  userId: string;
  currentRefreshJti: string;
  expiresAt: Date;
}

/** One turn of a session's refresh token. */
export interface RefreshTurn {
  sessionId: string;
  from: string;
  to: string;
  now: Date;
  expiresAt: Date;
}

/** The rows of `user_sessions`. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Adds a session. */
  async insert(session: NewSession): Promise<void> {
    await this.prisma.client.userSession.create({ data: session, select: { id: true } });
  }

  /** One page of the user's live sessions, newest first, ties broken by id. */
  async findLive(userId: string, now: Date, page: PageRequest): Promise<Page<Session>> {
    const where = { userId, ...live(now) };
    const items = await this.prisma.client.userSession.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items, total: await this.prisma.client.userSession.count({ where }) };
  }

  /** The user of a live session. Null when it has ended, is not theirs or never was. */
  async findUserOfLive(id: string, userId: string, now: Date): Promise<SessionUser | null> {
    const row = await this.prisma.client.userSession.findFirst({
      where: { id, userId, ...live(now) },
      select: { user: { select: userColumns } },
    });
    return row?.user ?? null;
  }

  /** Whether the user has, or had, this session. */
  async exists(id: string, userId: string): Promise<boolean> {
    const row = await this.prisma.client.userSession.findFirst({ where: { id, userId }, select: { id: true } });
    return row !== null;
  }

  /** Replaces the refresh token's id where it still is `from`: of any number of callers exactly one gets true. */
  async swapRefresh({ sessionId, from, to, now, expiresAt }: RefreshTurn): Promise<boolean> {
    const { count } = await this.prisma.client.userSession.updateMany({
      where: { id: sessionId, currentRefreshJti: from, ...live(now) },
      data: { currentRefreshJti: to, expiresAt, lastUsedAt: now },
    });
    return count > 0;
  }

  /** Ends a session. False when it had ended before. */
  async revoke(id: string, userId: string, reason: RevocationReason, now: Date): Promise<boolean> {
    const { count } = await this.prisma.client.userSession.updateMany({
      where: { id, userId, revokedAt: null },
      data: { revokedAt: now, revokedReason: reason, currentRefreshJti: null },
    });
    return count > 0;
  }
}

function live(now: Date) {
  return { revokedAt: null, expiresAt: { gt: now } } satisfies Prisma.UserSessionWhereInput;
}
