import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import type { ChannelConfig } from '#chat-platforms';
import type { WorkspaceScope } from '#kernel';
import { ChannelConfigService, platformOfChannel } from './channel-config.service.js';
import { ChannelLogService } from './channel-log.service.js';
import { channelErrors } from './channels.errors.js';
import { ChannelsService } from './channels.service.js';
import type { Channel, TargetResult } from './channels.types.js';
import type { SentMessageResponse } from './dto/sent-message.response.js';
import type { TestedChannelResponse } from './dto/tested-channel.response.js';
import { PlatformCallsService } from './platform-calls.service.js';

/** What a test sends. */
const testText = '🔔 Crewship channel test — connection successful!';

/** Sending messages through channels. */
@Injectable()
export class ChannelSendingService {
  constructor(
    private readonly channels: ChannelsService,
    private readonly configs: ChannelConfigService,
    private readonly calls: PlatformCallsService,
    private readonly log: ChannelLogService,
    private readonly audit: AuditLogService,
  ) {}

  /**
   * Sends a text to every target of the channel.
   * @throws AppError `channel.not_found`, `channel.disabled`, `channel.budget_exceeded`, or `channel.send_failed` (with the
   * results) when no target took it.
   */
  async send(scope: WorkspaceScope, id: string, text: string): Promise<SentMessageResponse> {
    const channel = await this.channels.getRow(scope, id);
    if (!channel.enabled) throw channelErrors.disabled();
    const results = await this.#sendAndRecord(scope, channel, { text, action: 'channel.send', limited: true });
    if (!results.some(({ ok }) => ok)) throw channelErrors.sendFailed({ extensions: { results } });
    return { status: 'sent', results };
  }

  /**
   * Sends the test message, also through a channel that is switched off. It counts, but no budget stops it.
   * @throws AppError `channel.not_found`, or `channel.test_failed` (with the results) when no target took it.
   */
  async test(scope: WorkspaceScope, id: string): Promise<TestedChannelResponse> {
    const channel = await this.channels.getRow(scope, id);
    const wish = { text: testText, action: 'channel.test', limited: false };
    const results = await this.#sendAndRecord(scope, channel, wish);
    if (!results.some(({ ok }) => ok)) throw channelErrors.testFailed({ extensions: { results } });
    return { status: 'ok', message: 'test message sent', results };
  }

  async #sendAndRecord(
    scope: WorkspaceScope,
    channel: Channel,
    { text, action, limited }: { text: string; action: string; limited: boolean },
  ): Promise<TargetResult[]> {
    // Opened first: what cannot be sent takes nothing from the budget.
    const config = await this.configs.open(channel);
    const budget = await this.log.takeBudget(channel, limited);
    const results = await this.#deliver(channel, config, text);
    const delivered = results.filter(({ ok }) => ok).length;
    await this.log.recordOutbound(channel, { text, results, budget }, () =>
      this.audit.record(scope, {
        action,
        entityType: 'CHANNEL',
        entityId: channel.id,
        entityName: channel.channelType,
        metadata: { targets: results.length, delivered },
      }),
    );
    return results;
  }

  #deliver(channel: Channel, config: ChannelConfig, text: string): Promise<TargetResult[]> {
    const platform = platformOfChannel(channel);
    return Promise.all(
      platform.targetsOf(config).map(async (target) => {
        const verdict = await this.calls.sendText(platform, config, { target, text });
        return { target, ok: verdict.ok, error: verdict.ok ? null : verdict.reason };
      }),
    );
  }
}
