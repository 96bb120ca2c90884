import { Injectable } from '@nestjs/common';
import type { LateBody } from '#http';
import { type CallerScope, raise, Secret, Transactions } from '#kernel';
import { TokenMintService } from '../cli-tokens/token-mint.service.js';
import { PasswordsService } from '../identity/passwords.service.js';
import { UsersService } from '../identity/users.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { IssuedSession } from '../sessions/sessions.types.js';
import { AccountsService } from './accounts.service.js';
import type { BootstrapResponse } from './dto/bootstrap.response.js';
import type { RegisterDto } from './dto/register.dto.js';
import { registrationErrors } from './registration.errors.js';

/** The first user of an empty instance, and what they are told and given. */
export interface Bootstrapped {
  answer: BootstrapResponse;
  session: IssuedSession;
}

/** Makes the first user, who administers the instance. */
@Injectable()
export class BootstrapService {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly accounts: AccountsService,
    private readonly tokens: TokenMintService,
    private readonly sessions: SessionsService,
    private readonly transactions: Transactions,
  ) {}

  /** @throws AppError 410 `registration.already_initialized` as soon as there is any user, before the body is read. */
  async run(scope: CallerScope, body: LateBody<RegisterDto>): Promise<Bootstrapped> {
    await this.#requireEmpty();
    const { full_name: fullName, email, password } = body.read();
    const passwordHash = await this.passwords.hash(new Secret(password));
    return this.transactions.run(async () => {
      await this.users.lockAgainstInserts();
      await this.#requireEmpty();
      const wish = { fullName, email, passwordHash, instanceAdmin: true, by: 'bootstrap' } as const;
      const account = (await this.accounts.create(scope, wish)) ?? raise(registrationErrors.alreadyInitialized());
      const { userId, workspaceId } = account;
      const { text } = await this.tokens.mint(scope, userId, 'bootstrap', { scopes: null, expiresAt: null });
      const session = await this.sessions.open({ userId, email: account.email, name: account.fullName }, scope.origin);
      const answer = { user_id: userId, email: account.email, workspace_id: workspaceId, cli_token: text.reveal() };
      return { answer, session };
    });
  }

  async #requireEmpty(): Promise<void> {
    if (await this.users.existsAny()) throw registrationErrors.alreadyInitialized();
  }
}
