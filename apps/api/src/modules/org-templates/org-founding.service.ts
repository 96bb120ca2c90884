import { Injectable } from '@nestjs/common';
import type { CallerScope, JsonObject, WorkspaceScope } from '#kernel';
import { CrewFoundingService } from '../crews/crew-founding.service.js';
import { EventsService } from '../events/events.service.js';
import type { WorkspaceEventToPublish } from '../events/events.types.js';
import { WorkspaceRuntimesService } from '../workspace-runtimes/workspace-runtimes.service.js';
import { WorkspaceFoundingService } from '../workspaces/workspace-founding.service.js';
import { leadOf } from './org-lead-rules.js';
import type { ImportNote, PlannedWorkspace, SkippedItem } from './org-plan.types.js';
import { type Filling, WorkspaceFillingService } from './workspace-filling.service.js';

/** A workspace as it was made. */
export interface FoundedNode {
  id: string;
  slug: string;
  name: string;
  tier: number;
  /** Types of its channels. */
  channels: string[];
  skipped: SkippedItem[];
  notes: ImportNote[];
}

/** Makes an organisation's workspaces with all that they hold. Runs in the caller's transaction. */
@Injectable()
export class OrgFoundingService {
  constructor(
    private readonly workspaces: WorkspaceFoundingService,
    private readonly runtimes: WorkspaceRuntimesService,
    private readonly crews: CrewFoundingService,
    private readonly filling: WorkspaceFillingService,
    private readonly events: EventsService,
  ) {}

  /** Makes the planned workspaces in their order, and publishes what was made. */
  async found(caller: CallerScope, plan: readonly PlannedWorkspace[], importId: string): Promise<FoundedNode[]> {
    const made = await this.workspaces.found(
      caller,
      plan.map(({ name }) => ({ name })),
    );
    const nodes: FoundedNode[] = [];
    const events: WorkspaceEventToPublish[] = [];
    for (const [at, planned] of plan.entries()) {
      const own = made[at];
      if (!own) throw new Error('a planned workspace was not made');
      const parentId = planned.parent === null ? null : (made[planned.parent]?.scope.workspaceId ?? null);
      const filling = await this.#furnish(own.scope, planned, { parentId, importId });
      const { name, tier } = planned;
      nodes.push({ id: own.scope.workspaceId, slug: own.workspace.slug, name, tier, ...filling });
      events.push(...eventsOf(own.scope, planned, parentId));
    }
    await this.events.publishAll(events);
    return nodes;
  }

  async #furnish(
    scope: WorkspaceScope,
    planned: PlannedWorkspace,
    { parentId, importId }: { parentId: string | null; importId: string },
  ): Promise<Filling> {
    const { role, tier, runtime, model, maxConcurrentTasks, config } = planned;
    await this.runtimes.put(scope, {
      parentId,
      role,
      tier,
      runtime,
      model,
      maxConcurrentTasks,
      config,
      status: isOnline(planned) ? 'online' : 'awaiting_agent',
      sourceBundleId: importId,
    });
    await this.crews.found(scope, { name: 'Main', slug: 'main', lead: leadOf(planned) });
    return this.filling.fill(scope, planned);
  }
}

// An external agent is there already.
function isOnline({ external, url }: PlannedWorkspace): boolean {
  return external && url !== null;
}

function eventsOf(
  { workspaceId }: WorkspaceScope,
  planned: PlannedWorkspace,
  parentId: string | null,
): WorkspaceEventToPublish[] {
  const { name, tier, runtime, canvas, files, plugins, variables } = planned;
  const parent: JsonObject = parentId === null ? {} : { parent_id: parentId };
  return [
    { workspaceId, type: 'WORKSPACE_PROVISIONING', payload: { name, tier, runtime, ...canvas, ...parent } },
    ...(isOnline(planned)
      ? [{ workspaceId, type: 'WORKSPACE_ONLINE' as const, payload: { name, external: true } }]
      : []),
    {
      workspaceId,
      type: 'workspace.provisioning',
      payload: { config_files: files.map(({ path }) => path), plugins, env_keys: [...variables.keys()].sort() },
    },
  ];
}
