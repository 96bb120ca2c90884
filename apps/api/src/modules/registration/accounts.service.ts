import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type CallerScope, Clock, Ids } from '#kernel';
import { UsersService } from '../identity/users.service.js';
import { normaliseEmail } from '../identity/users.types.js';
import { RegistrationRepository } from './registration.repository.js';
import { firstSlug } from './workspace-slug.js';

/** What a new account is made of. */
export interface NewAccount {
  fullName: string;
  email: string;
  /** Argon2id in PHC form. */
  passwordHash: string;
  instanceAdmin: boolean;
  /** How it came about, for the audit log. */
  by: 'bootstrap' | 'signup';
}

/** A new account. */
export interface Account {
  userId: string;
  email: string;
  fullName: string;
  workspaceId: string;
}

/** Makes a user with a workspace of their own. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly users: UsersService,
    private readonly repository: RegistrationRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Joins the running transaction. Null, and nothing written, when the address is taken. */
  async create(scope: CallerScope, account: NewAccount): Promise<Account | null> {
    const userId = this.ids.next();
    const email = normaliseEmail(account.email);
    const fullName = account.fullName.trim();
    const { passwordHash, instanceAdmin, by } = account;
    const user = { id: userId, email, fullName, passwordHash, instanceAdmin, createdAt: this.clock.now() };
    if (!(await this.users.add(user))) return null;
    await this.audit.record(scope, {
      action: 'user.create',
      entityType: 'USER',
      entityId: userId,
      entityName: email,
      userId,
      metadata: { by, instance_admin: instanceAdmin },
    });
    const workspaceId = await this.#openWorkspace(scope, { userId, email, fullName });
    return { userId, email, fullName, workspaceId };
  }

  async #openWorkspace(scope: CallerScope, owner: Omit<Account, 'workspaceId'>): Promise<string> {
    const { userId, email, fullName } = owner;
    const id = this.ids.next();
    const now = this.clock.now();
    const name = `${fullName}'s Workspace`;
    const row = { id, name, slug: firstSlug(email, id.slice(0, 8)) };
    // Ids begin with the time, so two people of one local part can meet in the short slug; the whole id cannot.
    if (!(await this.repository.insertWorkspace(row, now))) {
      await this.repository.insertWorkspace({ ...row, slug: firstSlug(email, id) }, now);
    }
    await this.repository.insertMemberships([{ id: this.ids.next(), workspaceId: id, userId, role: 'OWNER' }], now);
    const entry = { action: 'workspace.create', entityType: 'WORKSPACE', entityId: id, entityName: name };
    await this.audit.record(scope, { ...entry, workspaceId: id, userId });
    return id;
  }
}
