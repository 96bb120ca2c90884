import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type CallerScope, Transactions } from '#kernel';
import { SessionsService } from '../sessions/sessions.service.js';
import type { IssuedSession } from '../sessions/sessions.types.js';
import { type LoginAccount, LoginAttemptsRepository } from './login-attempts.repository.js';

type Failure = 'login.fail' | 'login.lock';

/** What a sign-in leaves behind: a session or not, and always an audit row. */
@Injectable()
export class LoginRecord {
  constructor(
    private readonly attempts: LoginAttemptsRepository,
    private readonly sessions: SessionsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** Opens the session. */
  success(scope: CallerScope, { id, email, fullName }: LoginAccount): Promise<IssuedSession> {
    return this.transactions.run(async () => {
      await this.attempts.reset(id);
      const session = await this.sessions.open({ userId: id, email, name: fullName }, scope.origin);
      await this.#write(scope, 'login.succeed', id, session.sessionId);
      return session;
    });
  }

  /** Notes a failure. The address that was tried stays out of the row: people type passwords there. */
  failure(scope: CallerScope, account: LoginAccount | null, action: Failure): Promise<void> {
    return this.#write(scope, action, account?.id ?? null, null);
  }

  #write(scope: CallerScope, action: string, userId: string | null, sessionId: string | null): Promise<void> {
    const metadata = sessionId === null ? {} : { session_id: sessionId };
    return this.audit.record(scope, { action, entityType: 'USER', entityId: userId, userId, metadata });
  }
}
