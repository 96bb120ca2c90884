import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type ChatPlatform, findPlatform, type PlatformType, sensitiveKeysOf } from '#chat-platforms';
import { AppError, type JsonObject, maxPageSize, type WorkspaceScope } from '#kernel';
import { ChannelConfigService, type ConfigColumns, platformOfChannel } from './channel-config.service.js';
import { ChannelPorts } from './channel-ports.service.js';
import { ChannelsRepository } from './channels.repository.js';
import { type BudgetPeriod, budgetPeriods, type Channel } from './channels.types.js';

/** A channel as it moves between workspaces: without any secret. */
export interface TransferredChannel {
  channel_type: string;
  /** Members that are no secrets. */
  config: Record<string, string>;
  /** Names of the members that are, and that somebody has to enter again. */
  secret_keys: string[];
  /** Id of the agent in the workspace that it comes from. */
  agent_id: string | null;
  allowed_users: string[];
  channel_budget: number | null;
  budget_period: string | null;
  enabled: boolean;
  /** The secrets themselves, by member: only where the file is encrypted. */
  secrets?: Readonly<Record<string, string>> | undefined;
}

/** What became of the channels of an import. */
export interface ImportedChannels {
  created: { id: string; channel_type: string; missing_secrets: string[] }[];
  skipped: { channel_type: string; reason: 'unsupported' | 'exists' | 'invalid_config' }[];
}

/** A channel with its secrets in place. */
export interface ConfiguredChannel {
  type: string;
  /** Members as a body has them, secrets in clear. */
  config: Readonly<Record<string, string>>;
  allowedUsers: readonly string[];
  enabled: boolean;
}

/** Channels of bundles and organisation templates. */
@Injectable()
export class ChannelTransferService {
  constructor(
    private readonly repository: ChannelsRepository,
    private readonly configs: ChannelConfigService,
    private readonly audit: AuditLogService,
    private readonly ports: ChannelPorts,
  ) {}

  /** Every channel of the workspace, without secrets. */
  async export(scope: WorkspaceScope): Promise<TransferredChannel[]> {
    const { items } = await this.repository.findMany(scope, { limit: maxPageSize, offset: 0 });
    return items.map((channel) => {
      const secrets = sensitiveKeysOf(platformOfChannel(channel));
      const members = Object.entries(channel.config);
      return {
        channel_type: channel.channelType,
        config: Object.fromEntries(members.filter(([key]) => !secrets.has(key))),
        secret_keys: members.map(([key]) => key).filter((key) => secrets.has(key)),
        agent_id: channel.agentId,
        allowed_users: channel.allowedUsers,
        channel_budget: channel.channelBudget,
        budget_period: channel.budgetPeriod,
        enabled: channel.enabled,
      };
    });
  }

  /** The secrets of every channel of the workspace by type, opened: for an encrypted bundle alone. */
  async openSecrets(scope: WorkspaceScope): Promise<ReadonlyMap<string, Record<string, string>>> {
    const { items } = await this.repository.findMany(scope, { limit: maxPageSize, offset: 0 });
    const opened = new Map<string, Record<string, string>>();
    for (const channel of items) {
      const secrets = sensitiveKeysOf(platformOfChannel(channel));
      const members = Object.entries(await this.configs.open(channel));
      opened.set(channel.channelType, Object.fromEntries(members.filter(([key]) => secrets.has(key))));
    }
    return opened;
  }

  /**
   * Makes channels in the caller's transaction, switched off: their secrets have to be entered, or their platforms told, first. A type that the
   * workspace has already is left as it is. `agentIds` gives the agents' ids in this workspace by those that they had.
   */
  async import(
    scope: WorkspaceScope,
    channels: readonly TransferredChannel[],
    { agentIds }: { source: 'template'; agentIds?: ReadonlyMap<string, string> },
  ): Promise<ImportedChannels> {
    const done: ImportedChannels = { created: [], skipped: [] };
    for (const sent of channels) {
      const agentId = (sent.agent_id && agentIds?.get(sent.agent_id)) || null;
      const channel = await this.#rowOf(scope, sent, agentId);
      if (typeof channel === 'string') done.skipped.push({ channel_type: sent.channel_type, reason: channel });
      else if (!(await this.repository.insert(channel)))
        done.skipped.push({ channel_type: sent.channel_type, reason: 'exists' });
      else {
        const { id, channelType: entityName } = channel;
        const entry = { action: 'channel.create', entityType: 'CHANNEL', entityId: id, entityName };
        await this.audit.record(scope, { ...entry, metadata: { source: 'template' } });
        done.created.push({
          id,
          channel_type: sent.channel_type,
          missing_secrets: sent.secrets ? [] : sent.secret_keys,
        });
      }
    }
    return done;
  }

  /**
   * Makes channels with their secrets, for the lead agent, in the caller's transaction. What the platform does not take is told
   * by type, in words that hold no value.
   */
  async importConfigured(
    scope: WorkspaceScope,
    channels: readonly ConfiguredChannel[],
  ): Promise<{ created: string[]; skipped: { type: string; reason: string }[] }> {
    const done: { created: string[]; skipped: { type: string; reason: string }[] } = { created: [], skipped: [] };
    for (const { type, config, allowedUsers, enabled } of channels) {
      const platform = findPlatform(type);
      const id = this.ports.ids.next();
      const columns = platform && (await this.#prepared({ id, workspaceId: scope.workspaceId }, platform, config));
      if (!platform || !columns) done.skipped.push({ type, reason: 'unknown adapter' });
      else if ('reason' in columns) done.skipped.push({ type, reason: columns.reason });
      else {
        const row = {
          ...this.#blankRow(scope, platform.type),
          id,
          ...columns,
          enabled,
          allowedUsers: [...allowedUsers],
        };
        if (!(await this.repository.insert(row))) {
          done.skipped.push({ type, reason: 'the workspace has a channel of this type already' });
          continue;
        }
        const entry = { action: 'channel.create', entityType: 'CHANNEL', entityId: id, entityName: platform.type };
        await this.audit.record(scope, { ...entry, metadata: { source: 'template' } });
        done.created.push(platform.type);
      }
    }
    return done;
  }

  async #prepared(
    owner: { id: string; workspaceId: string },
    platform: ChatPlatform,
    config: JsonObject,
  ): Promise<ConfigColumns | { reason: string }> {
    try {
      return await this.configs.prepare(owner, platform, config, null);
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'invalid') throw error;
      return { reason: error.fields[0]?.message ?? error.message };
    }
  }

  async #rowOf(
    scope: WorkspaceScope,
    sent: TransferredChannel,
    agentId: string | null,
  ): Promise<Channel | 'unsupported' | 'invalid_config'> {
    const platform = findPlatform(sent.channel_type);
    if (platform === null) return 'unsupported';
    const id = this.ports.ids.next();
    const columns = sent.secrets
      ? await this.#prepared({ id, workspaceId: scope.workspaceId }, platform, { ...sent.config, ...sent.secrets })
      : this.configs.withoutSecrets(platform, sent.config satisfies JsonObject);
    if (columns === null || 'reason' in columns) return 'invalid_config';
    return {
      ...this.#blankRow(scope, platform.type),
      id,
      agentId,
      ...columns,
      allowedUsers: sent.allowed_users,
      channelBudget: sent.channel_budget,
      budgetPeriod: periodOf(sent.budget_period),
    };
  }

  #blankRow({ workspaceId }: WorkspaceScope, channelType: PlatformType) {
    const now = this.ports.clock.now();
    return {
      workspaceId,
      channelType,
      agentId: null,
      enabled: false,
      channelBudget: null,
      budgetPeriod: null,
      budgetPeriodFrom: null,
      budgetUsed: 0,
      messageCount: 0,
      lastMessageAt: null,
      createdAt: now,
      updatedAt: now,
    };
  }
}

function periodOf(text: string | null): BudgetPeriod | null {
  return budgetPeriods.find((period) => period === text) ?? null;
}
