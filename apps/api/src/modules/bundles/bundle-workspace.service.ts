import { Injectable } from '@nestjs/common';
import { type CallerScope, isJsonObject, type JsonObject, type JsonValue } from '#kernel';
import { type Bundle, bundleFormat } from './bundle.schema.js';
import { snaked } from './bundle-case-rules.js';
import { filesAsMembers, leadPromptOf } from './bundle-files-rules.js';
import { BundleLiterals } from './bundle-literals.js';
import { BundleNames, byText } from './bundle-names.js';
import { BundlePeopleService } from './bundle-people.service.js';
import { BundleRuntimePartsService } from './bundle-runtime-parts.service.js';
import { BundleServersService } from './bundle-servers.service.js';
import type { WorkspaceSource } from './bundle-source.service.js';
import { ownerScope } from './owner-scope.js';

const settingKeys = [
  'preferred_language',
  'allow_privileged_credentials',
  'run_retention_days',
  'credential_audit_retention_days',
  'audit_log_retention_days',
  'integration_limit',
] as const;

/** One workspace as a bundle, without those below it. */
@Injectable()
export class BundleWorkspaceService {
  constructor(
    private readonly people: BundlePeopleService,
    private readonly servers: BundleServersService,
    private readonly parts: BundleRuntimePartsService,
  ) {}

  /** The bundle; secrets are opened only with `withValues`. */
  async bundleOf(
    caller: CallerScope,
    source: WorkspaceSource,
    { withValues }: { withValues: boolean },
  ): Promise<Bundle> {
    const names = new BundleNames(source);
    const literals = new BundleLiterals(source.credentials.map(({ name }) => name));
    const servers = this.servers.partsOf(source, names, literals);
    const agents = await this.people.agents(source, names, literals);
    const credentials = await this.people.credentials(source, names, { literals, withValues });
    const parts = await this.parts.export(ownerScope(caller, source.place.id), names, { withValues });
    const filled = new Set(credentials.filter(({ value }) => value !== undefined).map(({ name }) => name));
    return {
      ...referenceMembers(source),
      settings: snaked(settingKeys, source.workspace),
      runtime: runtimeOf(source),
      secrets: [
        ...credentials.map(({ name }) => name).filter((name) => !filled.has(name)),
        ...parts.channels.flatMap(({ channel_type: type, secrets, values }) =>
          values ? [] : secrets.map((name) => `${type}: ${name}`),
        ),
      ],
      crews: this.people.crews(source),
      agents,
      credentials,
      credential_grants: this.people.grants(source, names),
      ...servers,
      ...parts,
      delivery_endpoints: endpointsOf(source, names),
      sub_workspaces: [],
    };
  }
}

// The members that the reference's bundles have too, in their order.
function referenceMembers({ place, workspace, runtime, files, agents }: WorkspaceSource) {
  const config = configOf(runtime);
  return {
    schema: '1.0' as const,
    format: bundleFormat,
    id: place.id,
    name: workspace.name,
    slug: workspace.slug,
    description: runtime?.role ?? '',
    tier: runtime?.tier ?? 1,
    model: runtime?.model ?? '',
    ...filesAsMembers(files, leadPromptOf(agents)),
    tools: [],
    agent_card: config.agent_card ?? null,
    author: '',
    version: '1.0.0',
  };
}

function runtimeOf({ runtime }: WorkspaceSource): Bundle['runtime'] {
  const { agent_card: _card, ...config } = configOf(runtime);
  return {
    runtime: runtime?.runtime ?? 'langgraph',
    max_concurrent_tasks: runtime?.maxConcurrentTasks ?? 1,
    config,
  };
}

function configOf(runtime: WorkspaceSource['runtime']): JsonObject {
  const config = runtime?.config as JsonValue | undefined;
  return isJsonObject(config) ? config : {};
}

function endpointsOf({ endpoints }: WorkspaceSource, names: BundleNames): Bundle['delivery_endpoints'] {
  return endpoints
    .filter(({ agentId }) => agentId === null || names.agent(agentId) !== null)
    .map(({ agentId, url, protocol, eventTypes }) => ({
      agent: names.agent(agentId),
      url,
      protocol: protocol === 'a2a' ? ('a2a' as const) : ('event' as const),
      event_types: eventTypes.toSorted(),
    }))
    .toSorted(byText(({ agent }) => agent ?? ''));
}
