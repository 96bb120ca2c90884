import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { type CallerScope, Clock, type Secret } from '#kernel';
import { PasswordsService } from '../identity/passwords.service.js';
import { normaliseEmail } from '../identity/users.types.js';
import type { IssuedSession } from '../sessions/sessions.types.js';
import { LoginAttemptsRepository } from './login-attempts.repository.js';
import { LoginRecord } from './login-record.service.js';

const lockMs = 5 * 60_000;

/** Signing in with address and password. */
@Injectable()
export class LoginsService {
  readonly #threshold: number;

  constructor(
    private readonly attempts: LoginAttemptsRepository,
    private readonly passwords: PasswordsService,
    private readonly record: LoginRecord,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.#threshold = config.auth.lockoutThreshold;
  }

  /**
   * Opens a session, or answers null: for an unknown address, a wrong password and a locked account alike, after the same
   * work. After `lockoutThreshold` attempts in a row without success the account is locked for five minutes.
   */
  async signIn(scope: CallerScope, email: string, password: Secret): Promise<IssuedSession | null> {
    if (email === '' || password.reveal() === '') return null;
    const account = await this.attempts.findAccount(normaliseEmail(email));
    const now = this.clock.now();
    const rule = { threshold: this.#threshold, now, lockUntil: new Date(now.getTime() + lockMs) };
    const attempt = await this.attempts.begin(account?.id ?? '', rule);
    const right = await this.passwords.matches(attempt ? (account?.passwordHash ?? null) : null, password);
    if (account && right) return this.record.success(scope, account);
    await this.record.failure(scope, account, attempt?.last ? 'login.lock' : 'login.fail');
    return null;
  }
}
