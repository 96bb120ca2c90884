import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted, redactedDiff } from '#audit-log';
import { findPlatform } from '#chat-platforms';
import type { LateBody } from '#http';
import { AppError, type JsonObject, raise, type WorkspaceScope } from '#kernel';
import { AgentsService } from '../agents/agents.service.js';
import { ChannelConfigService, platformOfChannel } from './channel-config.service.js';
import { ChannelPorts } from './channel-ports.service.js';
import { channelErrors } from './channels.errors.js';
import { ChannelsRepository } from './channels.repository.js';
import type { Channel } from './channels.types.js';
import type { CreateChannelDto } from './dto/create-channel.dto.js';
import type { CreatedChannelResponse } from './dto/created-channel.response.js';
import type { UpdateChannelDto } from './dto/update-channel.dto.js';

/** Making, changing and removing channels. */
@Injectable()
export class ChannelWritingService {
  constructor(
    private readonly repository: ChannelsRepository,
    private readonly configs: ChannelConfigService,
    private readonly agents: AgentsService,
    private readonly audit: AuditLogService,
    private readonly ports: ChannelPorts,
  ) {}

  /**
   * Makes the workspace's channel of a type.
   * @throws AppError `channel.type_required`, `channel.unsupported_type`, `channel.invalid_config`, `channel.invalid_agent`,
   * `channel.type_taken`.
   */
  async create(scope: WorkspaceScope, body: CreateChannelDto): Promise<CreatedChannelResponse> {
    const type = body.channel_type || body.type || raise(channelErrors.typeRequired());
    const platform = findPlatform(type) ?? raise(channelErrors.unsupportedType({ params: { type } }));
    return this.ports.transactions.run(async () => {
      const owner = { id: this.ports.ids.next(), workspaceId: scope.workspaceId };
      const now = this.ports.clock.now();
      const columns = await this.configs.prepare(owner, platform, (body.config ?? {}) as JsonObject, null);
      const channel: Channel = {
        ...owner,
        ...columns,
        ...newCounters,
        agentId: await this.#agentOf(scope, body.agent_id),
        channelType: platform.type,
        enabled: body.enabled ?? true,
        allowedUsers: allowedUsersOf(body) ?? [],
        channelBudget: body.channel_budget ?? null,
        budgetPeriod: body.budget_period ?? null,
        createdAt: now,
        updatedAt: now,
      };
      if (!(await this.repository.insert(channel))) throw channelErrors.typeTaken({ params: { type: platform.type } });
      await this.#record(scope, 'channel.create', channel, redacted(factsOf(channel)));
      return { id: channel.id, channel_type: channel.channelType, enabled: channel.enabled };
    });
  }

  /**
   * Changes what is given. The type stays; a configuration replaces the whole earlier one.
   * @throws AppError `channel.not_found`, `channel.invalid_config`, `channel.invalid_agent`.
   */
  update(scope: WorkspaceScope, id: string, body: LateBody<UpdateChannelDto>): Promise<{ status: 'updated' }> {
    return this.ports.transactions.run(async () => {
      // Two changes at once would each write the sealed column without the other's secret.
      await this.repository.hold(scope, id);
      const before = (await this.repository.findById(scope, id)) ?? raise(channelErrors.notFound());
      const wish = body.read();
      if (wish.enabled && !wish.config) this.configs.requireComplete(before);
      const columns = wish.config
        ? await this.configs.prepare(before, platformOfChannel(before), wish.config as JsonObject, before)
        : {};
      const change = {
        ...columns,
        enabled: wish.enabled ?? undefined,
        allowedUsers: allowedUsersOf(wish),
        channelBudget: wish.channel_budget,
        budgetPeriod: wish.budget_period,
        agentId: wish.agent_id === undefined ? undefined : await this.#agentOf(scope, wish.agent_id),
        updatedAt: this.ports.clock.now(),
      };
      await this.repository.update(scope, id, change);
      const after = (await this.repository.findById(scope, id)) ?? raise(channelErrors.notFound());
      const diff = redactedDiff(factsOf(before), factsOf(after));
      const reconfigured = wish.config !== undefined && wish.config !== null;
      await this.#record(scope, 'channel.update', after, { ...diff, ...(reconfigured && { reconfigured }) });
      return { status: 'updated' };
    });
  }

  /** Removes a channel with its log. @throws AppError `channel.not_found`. */
  remove(scope: WorkspaceScope, id: string): Promise<{ status: 'deleted' }> {
    return this.ports.transactions.run(async () => {
      const channel = (await this.repository.findById(scope, id)) ?? raise(channelErrors.notFound());
      if (!(await this.repository.remove(scope, id))) throw channelErrors.notFound();
      await this.#record(scope, 'channel.delete', channel, {});
      return { status: 'deleted' };
    });
  }

  async #agentOf(scope: WorkspaceScope, agentId: string | null | undefined): Promise<string | null> {
    if (!agentId) return null;
    try {
      await this.agents.hold(scope, agentId);
      return agentId;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'agent.not_found') throw error;
      const { message } = channelErrors.invalidAgent();
      throw channelErrors.invalidAgent({ cause: error, fields: [{ field: 'agent_id', code: 'unknown', message }] });
    }
  }

  #record(scope: WorkspaceScope, action: string, channel: Channel, metadata: Record<string, unknown>): Promise<void> {
    const { id: entityId, channelType: entityName } = channel;
    return this.audit.record(scope, { action, entityType: 'CHANNEL', entityId, entityName, metadata });
  }
}

const newCounters = {
  budgetUsed: 0,
  budgetPeriodFrom: null,
  messageCount: 0,
  lastMessageAt: null,
} as const;

function allowedUsersOf(body: { allowed_users?: string[] | null; allowlist?: string[] | null }): string[] | undefined {
  const sent = body.allowed_users ?? body.allowlist ?? undefined;
  return sent && [...new Set(sent.map((each) => each.trim()).filter((each) => each !== ''))];
}

// Of the configuration the audit row names the members alone: even a mask is part of a secret.
function factsOf(channel: Channel): Record<string, unknown> {
  const { channelType, enabled, allowedUsers, channelBudget, budgetPeriod, agentId } = channel;
  const config_members = Object.keys(channel.config).sort();
  return { channelType, enabled, allowedUsers, channelBudget, budgetPeriod, agentId, config_members };
}
