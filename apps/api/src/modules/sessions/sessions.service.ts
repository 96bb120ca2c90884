import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type CallerScope, Clock, type Origin, type Page, type PageRequest, Random, Transactions } from '#kernel';
import { SessionTokensService, sessionTokenSeconds } from '../identity/session-tokens.service.js';
import type { RevokedSessionResponse } from './dto/revoked-session.response.js';
import type { SessionResponse } from './dto/session.response.js';
import { sessionErrors } from './sessions.errors.js';
import { SessionsRepository } from './sessions.repository.js';
import type { IssuedSession, RevocationReason, SessionHolder, SessionUser } from './sessions.types.js';

const sessionMs = sessionTokenSeconds.refresh * 1_000;

/** Browser sessions: opened by signing in, kept alive by refreshing, ended by signing out or by their user. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly repository: SessionsRepository,
    private readonly tokens: SessionTokensService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Opens a session for somebody who has proved who they are. Joins the running transaction. */
  async open(holder: SessionHolder, origin: Origin): Promise<IssuedSession> {
    const session = await this.#issue(`s_${this.random.hex(32)}`, holder);
    const now = this.clock.now();
    await this.repository.insert({
      id: session.sessionId,
      userId: holder.userId,
      currentRefreshJti: session.refresh.jti,
      userAgent: origin.userAgent,
      ip: origin.ip,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + sessionMs),
    });
    return session;
  }

  /**
   * Takes a refresh token for a new pair; the session then lives another 30 days. A token that was taken before ends
   * its session, because one of its two bearers stole it. Null when there is no live session for the token (any more).
   */
  async rotate(scope: CallerScope, sessionId: string, userId: string, jti: string): Promise<IssuedSession | null> {
    const now = this.clock.now();
    return this.transactions.run(async () => {
      const user = await this.repository.findUserOfLive(sessionId, userId, now);
      if (!user) return null;
      const next = await this.#issue(sessionId, { userId, email: user.email, name: user.fullName });
      const expiresAt = new Date(now.getTime() + sessionMs);
      const turn = { sessionId, from: jti, to: next.refresh.jti, now, expiresAt };
      if (await this.repository.swapRefresh(turn)) return next;
      await this.end(scope, sessionId, userId, 'rotation');
      return null;
    });
  }

  /** The user of a live session, or null. */
  findUser(sessionId: string, userId: string): Promise<SessionUser | null> {
    return this.repository.findUserOfLive(sessionId, userId, this.clock.now());
  }

  /** Ends a session; one that has ended stays as it was. */
  end(scope: CallerScope, sessionId: string, userId: string, reason: RevocationReason): Promise<void> {
    return this.transactions.run(async () => {
      if (!(await this.repository.revoke(sessionId, userId, reason, this.clock.now()))) return;
      await this.audit.record(scope, {
        action: 'session.revoke',
        entityType: 'SESSION',
        entityId: sessionId,
        userId,
        metadata: { reason },
      });
    });
  }

  /** One page of the caller's live sessions, newest first. */
  async list({ actor }: CallerScope, page: PageRequest): Promise<Page<SessionResponse>> {
    if (actor.userId === null) return { items: [], total: 0 };
    const { items, total } = await this.repository.findLive(actor.userId, this.clock.now(), page);
    const shown = items.map(({ id, createdAt, lastUsedAt, userAgent, ip }) => ({
      id,
      created_at: createdAt.toISOString(),
      last_used_at: lastUsedAt.toISOString(),
      ...(userAgent !== null && { user_agent: userAgent }),
      ...(ip !== null && { ip }),
      is_current: id === actor.sessionId,
    }));
    return { items: shown, total };
  }

  /** Ends one session of the caller. Ending it again changes nothing and answers the same. */
  async revoke(scope: CallerScope, id: string): Promise<RevokedSessionResponse> {
    const { userId, sessionId, tokenScopes } = scope.actor;
    if (tokenScopes !== null) throw sessionErrors.tokenLimited();
    if (userId === null || !(await this.repository.exists(id, userId))) throw sessionErrors.notFound();
    await this.end(scope, id, userId, 'revoked_by_user');
    return { ok: true, id, is_current: id === sessionId };
  }

  /**
   * A ticket for the WebSocket, valid for one minute and as long as the session or CLI token that asks for it.
   * @throws AppError `session.person_only` for callers that are no person.
   */
  async ticket({ actor }: CallerScope): Promise<{ token: string }> {
    const { userId, sessionId, tokenId, email } = actor;
    if (userId === null) throw sessionErrors.personOnly();
    const { token } = await this.tokens.issue('ws', { userId, sessionId, tokenId, email, name: null });
    return { token };
  }

  async #issue(sessionId: string, { userId, email, name }: SessionHolder): Promise<IssuedSession> {
    const subject = { userId, sessionId, email, name };
    const [access, refresh] = await Promise.all([
      this.tokens.issue('access', subject),
      this.tokens.issue('refresh', subject),
    ]);
    return { sessionId, access, refresh };
  }
}
