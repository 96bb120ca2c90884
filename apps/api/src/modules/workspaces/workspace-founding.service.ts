import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { type CallerScope, Clock, Ids, type WorkspaceScope } from '#kernel';
import { WorkspaceFoundingRepository } from './workspace-founding.repository.js';
import { slugOf } from './workspace-slug-rules.js';
import { workspaceErrors } from './workspaces.errors.js';
import { blankWorkspace } from './workspaces.mapper.js';
import type { Workspace } from './workspaces.types.js';

/** A workspace that an import wants. Without a slug it gets one made of its name. */
export type WishedWorkspace = Pick<Workspace, 'name'> &
  Partial<Omit<Workspace, 'id' | 'name' | 'createdAt' | 'updatedAt'>>;

/** A workspace that was just made, and what its maker may do in it. */
export interface FoundedWorkspace {
  scope: WorkspaceScope;
  workspace: Workspace;
}

const attempts = 4;

/** Makes many workspaces at once, for the instance administrator's imports. Runs in the caller's transaction. */
@Injectable()
export class WorkspaceFoundingService {
  constructor(
    private readonly repository: WorkspaceFoundingRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * The workspaces in the order of the wishes, each with an audit row. A slug that is taken gets an ending of its own. A
   * caller who is a person owns them; made with `ADMIN_TOKEN` they have no members.
   * @throws AppError `workspace.slug_taken` when no free slug was found after several endings.
   */
  async found(caller: CallerScope, wishes: readonly WishedWorkspace[]): Promise<FoundedWorkspace[]> {
    const now = this.clock.now();
    let missing = wishes.map((wish): Workspace => {
      const base = { id: this.ids.next(), name: wish.name, slug: wish.slug ?? slugOf(wish.name) };
      return { ...blankWorkspace(base, now), ...wish, slug: base.slug };
    });
    const made = new Map(missing.map((row) => [row.id, row]));
    for (let attempt = 1; missing.length > 0; attempt += 1) {
      if (attempt > attempts) throw workspaceErrors.slugTaken();
      const written = await this.repository.insertThoseWithFreeSlugs(missing);
      missing = missing.filter(({ id }) => !written.has(id)).map((row) => ({ ...row, slug: this.#another(row.slug) }));
      for (const row of missing) made.set(row.id, row);
    }
    const workspaces = [...made.values()];
    await this.#own(caller, workspaces, now);
    for (const row of workspaces) await this.#record(caller, row);
    return workspaces.map((workspace) => ({ workspace, scope: scopeOf(caller, workspace.id) }));
  }

  async #own({ actor }: CallerScope, workspaces: readonly Workspace[], now: Date): Promise<void> {
    if (actor.userId === null) return;
    const owners = workspaces.map(({ id }) => ({ id: this.ids.next(), workspaceId: id }));
    await this.repository.insertOwners(owners, actor.userId, now);
  }

  // The last characters of an id are its random ones.
  #another(slug: string): string {
    return `${slug.slice(0, 41)}-${this.ids.next().slice(-8)}`;
  }

  #record(caller: CallerScope, row: Workspace): Promise<void> {
    return this.audit.record(caller, {
      action: 'workspace.create',
      entityType: 'WORKSPACE',
      entityId: row.id,
      entityName: row.name,
      workspaceId: row.id,
      metadata: redacted({ ...row }),
    });
  }
}

// Who makes a workspace may do everything in it while the transaction lasts.
function scopeOf({ actor, origin, instanceAdmin }: CallerScope, workspaceId: string): WorkspaceScope {
  const rights = { role: 'OWNER', capabilities: [], revision: 0n } as const;
  return { actor, origin, ...(instanceAdmin !== undefined && { instanceAdmin }), workspaceId, ...rights };
}
