import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import type { JsonObject, Secret } from '#kernel';
import { findPathRefusal, SourceError } from '#sources';
import { DeliveryEndpointsService } from '../deliveries/delivery-endpoints.service.js';
import { InstanceSecretsService } from '../instance-secrets/instance-secrets.service.js';
import { PluginRegistryService } from '../plugins/plugin-registry.service.js';
import {
  maxMemoryBytes,
  memoryScopes,
  type TransferredMemory,
} from '../workspace-memories/workspace-memories.types.js';
import { plannedChannel } from './channel-plan.js';
import { everyWorkspace } from './env-requirements-rules.js';
import { FolderFault, OrgFolder, type ReadingBudget } from './org-folder.js';
import {
  canvasOf,
  heldAgainst,
  modelOf,
  pluginsOf,
  routingOf,
  runtimeOf,
  workspaceDirFault,
} from './org-node-rules.js';
import type { PlannedSchedule, PlannedWorkspace, SkippedItem } from './org-plan.types.js';
import { type OrgHome, WorkspaceSources } from './org-sources.js';
import type { OrgDefaults, OrgMemory, OrgSchedule, OrgTemplate, OrgWorkspace } from './org-template.schema.js';
import { orgTemplateErrors } from './org-templates.errors.js';
import { variablesIn } from './variable-expansion.js';

interface Place {
  parent: number | null;
  canvas: { x: number; y: number } | null;
  nth: number;
}

interface Planning {
  template: OrgTemplate;
  home: OrgHome;
  budget: ReadingBudget;
  instance: ReadonlyMap<string, Secret>;
  /** Names of the plugins in the registry. */
  offered: ReadonlySet<string>;
}

type Skip = (kind: SkippedItem['kind'], name: string, reason: string) => void;

/** Reads everything that an organisation needs, before anything is written. */
@Injectable()
export class OrgPlannerService {
  readonly #templatesDir: string;

  constructor(
    private readonly secrets: InstanceSecretsService,
    private readonly endpoints: DeliveryEndpointsService,
    private readonly registry: PluginRegistryService,
    { templates }: AppConfig,
  ) {
    this.#templatesDir = templates.dir;
  }

  /**
   * The workspaces to make, parents before their children.
   * @throws AppError `org_template.invalid_template` for a path that leads out, or too much of something.
   */
  async plan(template: OrgTemplate, home: OrgHome, budget: ReadingBudget): Promise<PlannedWorkspace[]> {
    const instance = await this.secrets.open(this.#variablesOf(template));
    const planned: PlannedWorkspace[] = [];
    const planning = { template, home, budget, instance, offered: await this.registry.names() };
    for (const [nth, root] of (template.workspaces ?? []).entries()) {
      await this.#grow(planned, planning, root, { parent: null, canvas: null, nth });
    }
    const [first] = planned;
    first?.memories.push(...memoriesOf(template.global_memories ?? [], 'GLOBAL', first));
    return planned;
  }

  async #grow(planned: PlannedWorkspace[], planning: Planning, workspace: OrgWorkspace, place: Place): Promise<void> {
    const canvas = canvasOf(workspace, place.canvas, place.nth);
    const at = planned.push(await this.#planOne(planning, workspace, { ...place, canvas })) - 1;
    for (const [nth, child] of (workspace.children ?? []).entries()) {
      await this.#grow(planned, planning, child, { parent: at, canvas, nth });
    }
  }

  async #planOne(
    planning: Planning,
    workspace: OrgWorkspace,
    { parent, canvas }: { parent: number | null; canvas: { x: number; y: number } },
  ): Promise<PlannedWorkspace> {
    const skipped: SkippedItem[] = [];
    const skip = (kind: SkippedItem['kind'], name: string, reason: string) =>
      void skipped.push({ workspace: workspace.name, kind, name: name.slice(0, 255), reason });
    const defaults = planning.template.defaults ?? {};
    const runtime = runtimeOf(workspace, defaults);
    const sources = new WorkspaceSources(planning.home, workspace, skip);
    try {
      const folder = await this.#templateOf(planning, workspace, skip);
      const variables = await sources.variables();
      const files = await sources.files(folder);
      const { plugins, installs } = wantedPlugins(workspace, planning, skip);
      const external = workspace.external === true || runtime === 'external';
      const base = { name: workspace.name.trim(), parent, canvas, runtime, plugins, installs, variables, skipped };
      const planned: PlannedWorkspace = {
        ...base,
        role: workspace.role || null,
        tier: workspace.tier || defaults.tier || 2,
        model: modelOf(workspace, defaults, runtime),
        maxConcurrentTasks: Math.max(1, workspace.max_concurrent_tasks ?? 1),
        systemPrompt: workspace.system_prompt || files.get('system-prompt.md')?.slice(0, 262_144) || null,
        external,
        url: external ? this.#addressOf(workspace, skip) : null,
        config: await configOf(workspace, defaults, sources, plugins),
        files: [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, content]) => ({ path, content })),
        memories: [],
        schedules: await schedulesOf(workspace.schedules ?? [], sources, skip),
        channels: (workspace.channels ?? []).flatMap(
          (channel) => plannedChannel(channel, { files: variables, instance: planning.instance }, skip) ?? [],
        ),
      };
      planned.memories.push(
        ...memoriesOf(workspace.initial_memories ?? defaults.initial_memories ?? [], null, planned),
      );
      return planned;
    } catch (error) {
      if (!(error instanceof FolderFault)) throw error;
      const field = {
        field: workspace.name.slice(0, 100),
        code: 'refused',
        message: `"${error.path.slice(0, 200)}" ${error.reason}`,
      };
      throw orgTemplateErrors.invalidTemplate({ cause: error, fields: [field] });
    }
  }

  async #templateOf(
    { budget }: Planning,
    workspace: OrgWorkspace,
    skip: (kind: 'template', name: string, reason: string) => void,
  ): Promise<OrgFolder | null> {
    if (!workspace.template) return null;
    // Also where there is no folder of templates to leave.
    if (findPathRefusal(workspace.template) !== null) {
      throw new FolderFault(workspace.template, 'leads out of the templates’ folder');
    }
    try {
      return await OrgFolder.inside(this.#templatesDir, workspace.template, budget);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error.fault.kind !== 'not_found')
        throw new FolderFault(workspace.template, 'leads out of the templates’ folder');
      skip('template', workspace.template, 'there is no such template');
      return null;
    }
  }

  // Judged before anything is written, as setting the endpoint would judge it: one bad address does not undo an organisation.
  #addressOf({ url }: OrgWorkspace, skip: Skip): string | null {
    if (!url) return null;
    const refusal = this.endpoints.findRefusal(url);
    if (refusal === null) return url;
    const remedy = 'set an address with PUT /workspaces/{id}/delivery-endpoint, or correct it and import again';
    skip('delivery_endpoint', 'url', `deliveries may not go to its url: ${refusal}; ${remedy}`);
    return null;
  }

  #variablesOf(template: OrgTemplate): string[] {
    const channels = everyWorkspace(template.workspaces ?? []).flatMap((each) => each.channels ?? []);
    return [...new Set(channels.flatMap(({ config }) => Object.values(config ?? {}).flatMap(variablesIn)))];
  }
}

function wantedPlugins(
  workspace: OrgWorkspace,
  { template, offered }: Planning,
  skip: Skip,
): { plugins: string[]; installs: string[] } {
  const { plugins, refused } = pluginsOf(workspace, template.defaults ?? {});
  for (const name of refused) skip('plugin', name, 'is no name of a plugin');
  const { installs, unknown } = heldAgainst(offered, plugins);
  for (const name of unknown) skip('plugin', name, 'is noted as wanted; install it with POST /workspaces/{id}/plugins');
  return { plugins, installs };
}

async function configOf(
  workspace: OrgWorkspace,
  defaults: OrgDefaults,
  sources: WorkspaceSources,
  plugins: readonly string[],
): Promise<JsonObject> {
  const fault = workspaceDirFault(workspace);
  if (fault !== null) throw new FolderFault(workspace.workspace_dir ?? '', fault);
  const initial = await sources.prompt('initial_prompt', defaults);
  const idle = await sources.prompt('idle_prompt', defaults);
  const interval = workspace.idle_interval_seconds ?? defaults.idle_interval_seconds;
  const routing = routingOf(workspace, defaults);
  return {
    ...(initial && { initial_prompt: initial }),
    ...(idle && { idle_prompt: idle }),
    ...(interval !== undefined && { idle_interval_seconds: interval }),
    ...(Object.keys(routing).length > 0 && { category_routing: routing }),
    ...(workspace.template && { template: workspace.template }),
    ...(workspace.workspace_dir && { workspace_dir: workspace.workspace_dir }),
    ...(workspace.workspace_access && { workspace_access: workspace.workspace_access }),
    ...(workspace.url && { url: workspace.url }),
    ...(plugins.length > 0 && { plugins: [...plugins] }),
  };
}

async function schedulesOf(
  schedules: readonly OrgSchedule[],
  sources: WorkspaceSources,
  skip: (kind: 'schedule', name: string, reason: string) => void,
): Promise<PlannedSchedule[]> {
  const planned: PlannedSchedule[] = [];
  for (const [at, schedule] of schedules.entries()) {
    const name = schedule.name?.trim() ?? '';
    const written = schedule.prompt || (schedule.prompt_file && (await sources.text(schedule.prompt_file))) || '';
    const prompt = written.replaceAll('\r', '');
    if (prompt.trim() === '') skip('schedule', name || `#${at + 1}`, 'it has no prompt');
    else {
      const cronExpr = schedule.cron_expr || schedule.expression || '';
      planned.push({ name, cronExpr, timezone: schedule.timezone || 'UTC', prompt, enabled: schedule.enabled ?? true });
    }
  }
  return planned;
}

function memoriesOf(
  memories: readonly OrgMemory[],
  forced: 'GLOBAL' | null,
  { name, skipped }: Pick<PlannedWorkspace, 'name' | 'skipped'>,
): TransferredMemory[] {
  return memories.flatMap((memory, at) => {
    const scope = forced ?? memoryScopes.find((known) => known === (memory.scope || 'LOCAL'));
    const reason = memoryFault(memory, scope);
    if (scope && reason === null) return { content: memory.content, scope, namespace: memory.namespace || 'general' };
    skipped.push({ workspace: name, kind: 'memory', name: `#${at + 1}`, reason: reason ?? '' });
    return [];
  });
}

function memoryFault({ content }: OrgMemory, scope: string | undefined): string | null {
  if (!scope) return 'its scope is none of LOCAL, TEAM and GLOBAL';
  if (content.trim() === '') return 'it is empty';
  return Buffer.byteLength(content) > maxMemoryBytes ? `it is longer than ${maxMemoryBytes} bytes` : null;
}
