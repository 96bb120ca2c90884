import { Injectable } from '@nestjs/common';
import type { FieldError, WorkspaceScope } from '#kernel';
import { ChannelTransferService } from '../channels/channel-transfer.service.js';
import { DeliveryEndpointsService } from '../deliveries/delivery-endpoints.service.js';
import { PluginTransferService } from '../plugins/plugin-transfer.service.js';
import { ScheduleTransferService } from '../schedules/schedule-transfer.service.js';
import { FileTransferService } from '../workspace-files/file-transfer.service.js';
import { MemoryTransferService } from '../workspace-memories/memory-transfer.service.js';
import type { Bundle } from './bundle.schema.js';
import { membersAsFiles } from './bundle-files-rules.js';
import { type BundleNames, byText } from './bundle-names.js';
import { refused } from './bundle-reading.js';
import type { MissingSecret } from './bundles.types.js';
import { type ImportedIds, idOf } from './import-ids.js';
import { forEachIn, within } from './import-location.js';

/** What the features of seed 004 keep of a workspace: schedules, channels, memories, plugins, files and endpoints. */
@Injectable()
export class BundleRuntimePartsService {
  constructor(
    private readonly schedules: ScheduleTransferService,
    private readonly channels: ChannelTransferService,
    private readonly memories: MemoryTransferService,
    private readonly plugins: PluginTransferService,
    private readonly files: FileTransferService,
    private readonly endpoints: DeliveryEndpointsService,
  ) {}

  /** The parts of a workspace, in an order that depends on nothing but them. */
  async export(
    scope: WorkspaceScope,
    names: BundleNames,
    { withValues }: { withValues: boolean },
  ): Promise<Pick<Bundle, 'schedules' | 'channels' | 'memories' | 'plugins'>> {
    const schedules = await this.schedules.export(scope);
    const channels = await this.channels.export(scope);
    const secrets = withValues ? await this.channels.openSecrets(scope) : new Map<string, Record<string, string>>();
    const plugins = await this.plugins.export(scope);
    return {
      schedules: schedules
        .map(({ agent_slug: agent, ...schedule }) => ({ ...schedule, agent }))
        .toSorted(byText(({ name }) => name)),
      channels: channels
        .map(({ agent_id, secret_keys, budget_period, ...channel }) => ({
          ...channel,
          agent: names.agent(agent_id),
          secrets: secret_keys.toSorted(),
          ...valuesOf(secrets.get(channel.channel_type)),
          budget_period: periodOf(budget_period),
        }))
        .toSorted(byText(({ channel_type }) => channel_type)),
      // Oldest first, as they are kept: their order means something.
      memories: await this.memories.export(scope),
      plugins: plugins
        .map(({ name, source, sha256 }) => ({ name, source, sha256 }))
        .toSorted(byText(({ name }) => name)),
    };
  }

  /**
   * Makes the parts, in the caller's transaction, and answers which channel secrets have to be entered.
   * @throws AppError `bundle.refused` naming the entry.
   */
  async import(
    scope: WorkspaceScope,
    bundle: Bundle,
    { at, ids }: { at: string; ids: ImportedIds },
  ): Promise<MissingSecret[]> {
    await within(`${at}files`, () => this.files.import(scope, membersAsFiles(bundle)));
    const tooLong = await this.memories.import(scope, bundle.memories);
    refuseAny(tooLong.map((place) => fault(`${at}memories.${place}`, 'must be at most 100000 bytes long')));
    await this.#schedule(scope, bundle, at);
    if (bundle.plugins.length > 0) await within(`${at}plugins`, () => this.plugins.import(scope, bundle.plugins));
    const channels = await this.#connect(scope, bundle, { at, ids });
    return [...channels, ...(await this.#deliver(scope, bundle, { at, ids }))];
  }

  async #schedule(scope: WorkspaceScope, { schedules }: Bundle, at: string): Promise<void> {
    if (schedules.length === 0) return;
    const items = schedules.map(({ agent, ...schedule }) => ({ ...schedule, agent_slug: agent }));
    const { skipped } = await within(`${at}schedules`, () =>
      this.schedules.import(scope, items, { source: 'template' }),
    );
    refuseAny(
      skipped.map(({ name, reason }) => {
        return fault(`${at}schedules.${schedules.findIndex((each) => each.name === name)}`, reason);
      }),
    );
  }

  // The key of the signatures is made anew: until somebody has seen it, nobody could tell what is posted from what anybody posts.
  async #deliver(
    scope: WorkspaceScope,
    { delivery_endpoints: endpoints }: Bundle,
    { at, ids }: { at: string; ids: ImportedIds },
  ): Promise<MissingSecret[]> {
    await forEachIn(endpoints, `${at}delivery_endpoints`, async ({ agent, ...endpoint }) => {
      await this.endpoints.import(scope, idOf(agent, ids.agents), { wish: endpoint, disabledReason });
    });
    return endpoints.map(({ agent }) => ({ kind: 'delivery_endpoint', name: agent ?? 'workspace' }));
  }

  async #connect(
    scope: WorkspaceScope,
    { channels }: Bundle,
    { at, ids }: { at: string; ids: ImportedIds },
  ): Promise<MissingSecret[]> {
    const items = channels.map(({ agent, secrets, values, ...channel }) => ({
      ...channel,
      secrets: values,
      config: textsOf(channel.config),
      secret_keys: secrets,
      agent_id: idOf(agent, ids.agents),
    }));
    // The ids are those of this workspace already.
    const agentIds = new Map([...ids.agents.values()].map((id) => [id, id]));
    const { created, skipped } = await within(`${at}channels`, () =>
      this.channels.import(scope, items, { source: 'template', agentIds }),
    );
    refuseAny(
      skipped.map(({ channel_type: type, reason }) => {
        return fault(`${at}channels.${channels.findIndex((each) => each.channel_type === type)}`, reason);
      }),
    );
    return created.flatMap(({ channel_type: type, missing_secrets: names }) =>
      names.map((name): MissingSecret => ({ kind: 'channel', name: `${type}: ${name}` })),
    );
  }
}

const disabledReason = 'imported: set it again with rotate_secret to get its secret';

function refuseAny(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw refused(faults);
}

function fault(field: string, message: string): FieldError {
  return { field, code: 'refused', message };
}

function valuesOf(values: Record<string, string> | undefined): { values?: Record<string, string> } {
  return values === undefined || Object.keys(values).length === 0 ? {} : { values };
}

function textsOf(config: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(config).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

function periodOf(text: string | null): 'day' | 'month' | null {
  return text === 'day' || text === 'month' ? text : null;
}
