import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { type CallerScope, Clock, Ids } from '#kernel';
import { WorkspaceMakingRepository } from './workspace-making.repository.js';
import { workspaceErrors } from './workspaces.errors.js';
import type { Workspace } from './workspaces.types.js';

/** A workspace that an import wants. */
export type WishedWorkspace = Pick<Workspace, 'name'> &
  Partial<Omit<Workspace, 'id' | 'name' | 'createdAt' | 'updatedAt'>>;

const attempts = 4;

/** Makes many workspaces at once, for the instance administrator's imports. Runs in the caller's transaction. */
@Injectable()
export class WorkspaceMakingService {
  constructor(
    private readonly repository: WorkspaceMakingRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * The workspaces in the order of the wishes, each with an audit row. A slug that is taken gets an ending of its own. A
   * caller who is a person owns them; `ADMIN_TOKEN` leaves them without members, whom the instance administrator invites.
   */
  async makeAll(caller: CallerScope, wishes: readonly WishedWorkspace[]): Promise<Workspace[]> {
    const now = this.clock.now();
    let missing = wishes.map(
      (wish): Workspace => ({ ...blank(wish), id: this.ids.next(), createdAt: now, updatedAt: now }),
    );
    const made = new Map(missing.map((row) => [row.id, row]));
    for (let attempt = 1; missing.length > 0; attempt += 1) {
      if (attempt > attempts) throw workspaceErrors.slugTaken();
      const written = await this.repository.insertThoseWithFreeSlugs(missing);
      missing = missing.filter(({ id }) => !written.has(id)).map((row) => ({ ...row, slug: this.#another(row.slug) }));
      for (const row of missing) made.set(row.id, row);
    }
    const workspaces = [...made.values()];
    const { userId } = caller.actor;
    if (userId !== null) {
      const owners = workspaces.map(({ id }) => ({ id: this.ids.next(), workspaceId: id }));
      await this.repository.insertOwners(owners, userId, now);
    }
    for (const row of workspaces) await this.#record(caller, row);
    return workspaces;
  }

  // The last characters of an id are its random ones.
  #another(slug: string): string {
    return `${slug.slice(0, 41)}-${this.ids.next().slice(-8)}`;
  }

  #record(caller: CallerScope, row: Workspace): Promise<void> {
    const { id, name } = row;
    const entry = {
      action: 'workspace.create',
      entityType: 'WORKSPACE',
      entityId: id,
      entityName: name,
      workspaceId: id,
    };
    return this.audit.record(caller, { ...entry, metadata: redacted({ ...row }) });
  }
}

function blank(wish: WishedWorkspace) {
  return {
    logoUrl: null,
    preferredLanguage: null,
    allowPrivilegedCredentials: false,
    runRetentionDays: null,
    credentialAuditRetentionDays: null,
    auditLogRetentionDays: null,
    integrationLimit: null,
    ...wish,
    slug: wish.slug ?? slugOf(wish.name),
  };
}

function slugOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 41)
    .replace(/-+$/, '');
  return words.length < 2 ? 'workspace' : words;
}
