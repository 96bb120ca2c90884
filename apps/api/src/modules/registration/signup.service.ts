import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppConfig } from '#config';
import type { LateBody } from '#http';
import { type CallerScope, Secret, Transactions } from '#kernel';
import { PasswordsService } from '../identity/passwords.service.js';
import { AccountsService } from './accounts.service.js';
import type { RegisterDto } from './dto/register.dto.js';
import type { SignupResponse } from './dto/signup.response.js';
import { InvitationIntakeService } from './invitation-intake.service.js';
import { registrationErrors } from './registration.errors.js';

const answer: SignupResponse = {
  ok: true,
  message:
    "If that email address isn't already registered, the account has been created. Sign in at /login to continue.",
};

/** Self-registration, where the instance allows it. */
@Injectable()
export class SignupService {
  constructor(
    private readonly config: AppConfig,
    private readonly passwords: PasswordsService,
    private readonly accounts: AccountsService,
    private readonly invitations: InvitationIntakeService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Makes an account, or leaves the one that has the address as it is: the answer is the same, and so is what costs time,
   * the hash and a transaction that writes.
   * @throws AppError 403 `registration.signup_disabled` before the body is read.
   */
  async register(scope: CallerScope, body: LateBody<RegisterDto>): Promise<SignupResponse> {
    if (!this.config.auth.allowSignup) throw registrationErrors.signupDisabled();
    const { full_name: fullName, email, password } = body.read();
    const passwordHash = await this.passwords.hash(new Secret(password));
    await this.transactions.run(async () => {
      const wish = { fullName, email, passwordHash, instanceAdmin: false, by: 'signup' } as const;
      const account = await this.accounts.create(scope, wish);
      if (account) return this.invitations.joinAll(scope, account);
      return this.audit.record(scope, { action: 'signup.refuse', entityType: 'USER', entityId: null });
    });
    return answer;
  }
}
