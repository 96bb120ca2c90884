import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { type CallerScope, Clock, Ids, type WorkspaceScope } from '#kernel';
import { slugOf } from './workspace-slug-rules.js';
import { blankWorkspace } from './workspaces.mapper.js';
import { WorkspacesRepository } from './workspaces.repository.js';
import type { Workspace } from './workspaces.types.js';

/** A workspace that was just made, and what its maker may do in it. */
export interface FoundedWorkspace {
  scope: WorkspaceScope;
  slug: string;
}

/** Makes workspaces on behalf of the instance administrator: imports of templates and bundles. */
@Injectable()
export class WorkspaceFoundingService {
  constructor(
    private readonly repository: WorkspacesRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Makes a workspace for each name, in the caller's transaction and in the order given. A person who calls owns them; made with
   * `ADMIN_TOKEN` they have no members. Slugs are made of the names, with an ending where another has it already.
   * @throws AppError `workspace.slug_taken` when another took one at the same moment: try again.
   */
  async found(caller: CallerScope, names: readonly string[]): Promise<FoundedWorkspace[]> {
    const slugs = names.map(slugOf);
    const taken = await this.repository.findTakenSlugs(slugs);
    const founded: FoundedWorkspace[] = [];
    for (const [at, name] of names.entries()) {
      const id = this.ids.next();
      const wish = slugs[at] ?? 'workspace';
      const slug = taken.has(wish) ? `${wish}-${id.slice(-8)}` : wish;
      taken.add(slug);
      const workspace = blankWorkspace({ id, name, slug }, this.clock.now());
      await this.#insert(caller, workspace);
      founded.push({ slug, scope: scopeOf(caller, id) });
    }
    return founded;
  }

  async #insert(caller: CallerScope, workspace: Workspace): Promise<void> {
    const { userId } = caller.actor;
    await this.repository.insert(workspace, userId === null ? null : { memberId: this.ids.next(), userId });
    await this.audit.record(caller, {
      action: 'workspace.create',
      entityType: 'WORKSPACE',
      entityId: workspace.id,
      entityName: workspace.name,
      workspaceId: workspace.id,
      metadata: redacted({ ...workspace }),
    });
  }
}

// Who makes a workspace may do everything in it while the transaction lasts.
function scopeOf({ actor, origin, instanceAdmin }: CallerScope, workspaceId: string): WorkspaceScope {
  const rights = { role: 'OWNER', capabilities: [], revision: 0n } as const;
  return { actor, origin, ...(instanceAdmin !== undefined && { instanceAdmin }), workspaceId, ...rights };
}
