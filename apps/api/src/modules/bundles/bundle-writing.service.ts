import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import type { CallerScope, JsonObject } from '#kernel';
import { EventsService } from '../events/events.service.js';
import type { WorkspaceEventToPublish } from '../events/events.types.js';
import { WorkspaceRuntimesService } from '../workspace-runtimes/workspace-runtimes.service.js';
import { WorkspaceFoundingService } from '../workspaces/workspace-founding.service.js';
import type { Bundle } from './bundle.schema.js';
import { camelized } from './bundle-case-rules.js';
import type { PlacedBundle } from './bundle-faults-rules.js';
import { membersAsFiles, plainRuntimeOf } from './bundle-files-rules.js';
import type { MadeWorkspace } from './bundles.types.js';
import type { ImportedBundleResponse } from './dto/imported-bundle.response.js';
import { ImportPartsService } from './import-parts.service.js';
import { answerOf } from './imported-bundle.mapper.js';

/** Writes what a bundle says. Runs in the caller's transaction. */
@Injectable()
export class BundleWritingService {
  constructor(
    private readonly workspaces: WorkspaceFoundingService,
    private readonly runtimes: WorkspaceRuntimesService,
    private readonly parts: ImportPartsService,
    private readonly events: EventsService,
    private readonly audit: AuditLogService,
  ) {}

  /** @throws AppError `bundle.refused` naming the entry that a feature does not take. */
  async write(caller: CallerScope, placed: readonly PlacedBundle[]): Promise<ImportedBundleResponse> {
    const workspaces = await this.workspaces.found(caller, placed.map(wishOf));
    const made: MadeWorkspace[] = [];
    for (const [index, each] of placed.entries()) {
      const founded = workspaces[index];
      if (!founded) throw new Error('a workspace of the bundle was not made');
      const parentId = each.parent === null ? null : (workspaces[each.parent]?.workspace.id ?? null);
      const { scope, workspace } = founded;
      await this.runtimes.put(scope, { ...runtimeOf(each.bundle), parentId });
      made.push({ placed: each, workspace, missing: await this.parts.import(scope, each) });
    }
    await this.events.publishAll(made.flatMap(eventsOf));
    await this.#record(caller, made);
    return answerOf(made);
  }

  async #record(caller: CallerScope, made: readonly MadeWorkspace[]): Promise<void> {
    const [root] = made;
    if (!root) return;
    const { id, name } = root.workspace;
    await this.audit.record(caller, {
      action: 'bundle.import',
      entityType: 'WORKSPACE',
      entityId: id,
      entityName: name,
      workspaceId: id,
      metadata: { sourceBundleId: root.placed.bundle.id.slice(0, 255), workspaces: made.length },
    });
  }
}

function wishOf({ bundle }: PlacedBundle) {
  const { name, slug, settings } = bundle;
  return { name, ...(slug !== undefined && { slug }), ...(settings && camelized(settings)) };
}

function runtimeOf(bundle: Bundle) {
  const { runtime, description, model, tier, agent_card: card, id } = bundle;
  return {
    role: description === '' ? null : description,
    tier,
    model: model === '' ? null : model,
    runtime: runtime?.runtime ?? plainRuntimeOf(bundle),
    maxConcurrentTasks: runtime?.max_concurrent_tasks ?? 1,
    // Its files are stored; what is missing is an agent that fetches them.
    status: 'awaiting_agent' as const,
    sourceBundleId: id === '' ? null : id,
    config: { ...runtime?.config, ...(card !== null && { agent_card: card }) } as JsonObject,
  };
}

function eventsOf({ placed: { bundle }, workspace }: MadeWorkspace): WorkspaceEventToPublish[] {
  const { name, tier, id: source_bundle_id } = bundle;
  const workspaceId = workspace.id;
  return [
    { workspaceId, type: 'WORKSPACE_PROVISIONING', payload: { name, tier, source_bundle_id } },
    {
      workspaceId,
      type: 'workspace.provisioning',
      payload: {
        config_files: membersAsFiles(bundle).map(({ path }) => path),
        plugins: bundle.plugins.map((plugin) => plugin.name),
        env_keys: bundle.credential_grants.map(({ env_var_name }) => env_var_name),
      },
    },
  ];
}
