import { Injectable } from '@nestjs/common';
import type { ComposioAccess } from '#composio';
import { AppError, type WorkspaceScope } from '#kernel';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import { ComposioBindingsRepository } from './composio-bindings.repository.js';
import type { ComposioBindingsResponse } from './dto/composio-bindings.response.js';
import { OptOutsRepository } from './opt-outs.repository.js';
import { ProjectChangesService } from './project-changes.service.js';
import { StoredAppsService } from './stored-apps.service.js';
import { UpstreamChangesService } from './upstream-changes.service.js';
import { slugOf } from './wanted-apps.js';

/** Reading an agent's Composio apps, and taking them away. */
@Injectable()
export class ComposioBindingsService {
  constructor(
    private readonly stored: StoredAppsService,
    private readonly bindings: ComposioBindingsRepository,
    private readonly optOuts: OptOutsRepository,
    private readonly changes: UpstreamChangesService,
    private readonly keys: ComposioKeys,
    private readonly projects: ProjectChangesService,
  ) {}

  /**
   * The agent's apps by toolkit. Asks Composio only whether it still has them, when the key was changed since.
   * @throws AppError `composio_binding.agent_not_found`.
   */
  async list(scope: WorkspaceScope, agentId: string): Promise<ComposioBindingsResponse> {
    await this.stored.requireAgent(scope, agentId);
    const apps = await this.bindings.findByAgent(scope, agentId);
    const access = apps.length === 0 ? null : await this.#accessIfAny(scope);
    return {
      agent_id: agentId,
      opted_out: await this.optOuts.has(scope, agentId),
      project_changed: access !== null && (await this.projects.concernAgent(scope, access, agentId)),
      bindings: apps.map(({ toolkit, mode, tools, userId, endpoint, enabled }) => ({
        toolkit,
        mode,
        user_id: userId,
        endpoint,
        tools: mode === 'full' ? null : tools,
        enabled,
      })),
    };
  }

  /**
   * Takes one app from the agent, or all; what it does not have counts as taken. Works without a key: what is then left at
   * Composio is deleted there later.
   * @throws AppError `composio_binding.agent_not_found`, and 400 for what no toolkit can be.
   */
  async remove(scope: WorkspaceScope, agentId: string, toolkit: string | undefined): Promise<DeletedResponse> {
    await this.stored.requireAgent(scope, agentId);
    const slug = slugOf(toolkit ?? '');
    const access = await this.#accessIfAny(scope);
    await this.changes.run(scope, access, (lease) =>
      this.stored.remove(scope, lease, agentId, slug === '' ? 'all' : { toolkits: [slug] }),
    );
    return { status: 'deleted' };
  }

  // A key that does not open must not keep anybody from taking apps away.
  async #accessIfAny(scope: WorkspaceScope): Promise<ComposioAccess | null> {
    try {
      return await this.keys.forWorkspace(scope);
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }
}
