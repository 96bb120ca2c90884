import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  type ChannelConfig,
  type ChatPlatform,
  type ConfigFault,
  findConfigFault,
  looksMasked,
  maskOf,
  platformOf,
  readConfig,
  sensitiveKeysOf,
} from '#chat-platforms';
import { AppError, type JsonObject, Random, Secret, tokenHash } from '#kernel';
import { type SealedPlace, Vault } from '#vault';
import { channelErrors } from './channels.errors.js';
import type { Channel } from './channels.types.js';

/** The columns that a configuration is stored in. */
export type ConfigColumns = Pick<Channel, 'config' | 'sealedConfig' | 'chatIds' | 'inboundKey' | 'confirmedChatId'>;

/** The channel whose configuration is being written. */
export interface ConfigOwner {
  id: string;
  workspaceId: string;
}

const secretsSchema = z.record(z.string(), z.string());
const webhookSecretBytes = 32;

/** Channels' configurations: what may be stored, what is sealed of it, and opening it again. */
@Injectable()
export class ChannelConfigService {
  constructor(
    private readonly vault: Vault,
    private readonly random: Random,
  ) {}

  /**
   * Makes a configuration fit to be stored in place of the channel's. Members that are absent go, apart from the secret that
   * Telegram was told; a mask that is sent back leaves its secret.
   * @throws AppError `channel.invalid_config` that names the member in `errors`.
   */
  async prepare(
    owner: ConfigOwner,
    platform: ChatPlatform,
    sent: JsonObject,
    before: Channel | null,
  ): Promise<ConfigColumns> {
    const read = readConfig(platform, sent);
    if (read.fault) throw invalid(read.fault);
    const stored = before ? await this.open(before) : {};
    const config = this.#withWebhookSecret(platform, unmasked(platform, read.config, stored, before), stored);
    const fault = findConfigFault(platform, config);
    if (fault) throw invalid(fault);
    const moved = stored.webhook_url !== config.webhook_url;
    return {
      ...(await this.#columnsOf(owner, platform, config)),
      confirmedChatId: moved ? null : (before?.confirmedChatId ?? null),
    };
  }

  /** The configuration with its secrets. @throws AppError `vault.unreadable`. */
  async open(channel: Pick<Channel, 'id' | 'workspaceId' | 'config' | 'sealedConfig'>): Promise<ChannelConfig> {
    if (channel.sealedConfig === null) return channel.config;
    const opened = await this.vault.open(channel.sealedConfig, placeOf(channel));
    return { ...channel.config, ...secretsSchema.parse(JSON.parse(opened.reveal())) };
  }

  /** The same; null for secrets that cannot be opened, which trying again does not help. */
  async openOrNull(channel: Channel): Promise<ChannelConfig | null> {
    try {
      return await this.open(channel);
    } catch (error) {
      if (error instanceof AppError && error.code === 'vault.unreadable') return null;
      throw error;
    }
  }

  /** The columns of a configuration without any secret, for a channel that is made switched off; null: unreadable. */
  withoutSecrets(platform: ChatPlatform, sent: JsonObject): ConfigColumns | null {
    const read = readConfig(platform, sent);
    if (read.fault) return null;
    const secrets = sensitiveKeysOf(platform);
    const config = Object.fromEntries(Object.entries(read.config).filter(([key]) => !secrets.has(key)));
    return { config, sealedConfig: null, chatIds: platform.chatsOf(config), inboundKey: null, confirmedChatId: null };
  }

  /**
   * Makes sure that nothing is missing of a channel that is to be switched on: an imported one has no secrets yet.
   * @throws AppError `channel.invalid_config` that names the member in `errors`.
   */
  requireComplete(channel: Channel): void {
    const fault = channel.sealedConfig === null ? findConfigFault(platformOfChannel(channel), channel.config) : null;
    if (fault) throw invalid(fault);
  }

  // Without it nobody could tell Telegram from anybody else.
  #withWebhookSecret(platform: ChatPlatform, config: ChannelConfig, stored: ChannelConfig): ChannelConfig {
    if (platform.type !== 'telegram' || config.webhook_secret) return config;
    return { ...config, webhook_secret: stored.webhook_secret ?? this.random.hex(webhookSecretBytes) };
  }

  async #columnsOf(
    owner: ConfigOwner,
    platform: ChatPlatform,
    config: ChannelConfig,
  ): Promise<Omit<ConfigColumns, 'confirmedChatId'>> {
    const sensitive = sensitiveKeysOf(platform);
    const entries = Object.entries(config);
    const secrets = Object.fromEntries(entries.filter(([key]) => sensitive.has(key)));
    const shown = Object.fromEntries(entries.map(([key, value]) => [key, sensitive.has(key) ? maskOf(value) : value]));
    const inboundSecret = platform.inboundSecretOf(config);
    return {
      config: shown,
      sealedConfig: await this.vault.seal(new Secret(JSON.stringify(secrets)), placeOf(owner)),
      chatIds: platform.chatsOf(config),
      inboundKey: inboundSecret === null ? null : tokenHash(inboundSecret),
    };
  }
}

// A mask stands for the secret that it was made of; any other text in the form of one is somebody's mistake.
function unmasked(
  platform: ChatPlatform,
  sent: ChannelConfig,
  stored: ChannelConfig,
  before: Channel | null,
): ChannelConfig {
  const sensitive = sensitiveKeysOf(platform);
  return Object.fromEntries(
    Object.entries(sent).map(([key, value]) => {
      if (!sensitive.has(key)) return [key, value];
      if (stored[key] !== undefined && before?.config[key] === value) return [key, stored[key]];
      if (looksMasked(value)) throw invalid({ field: key, message: `${key} is a mask; send the value itself` });
      return [key, value];
    }),
  );
}

function invalid({ field, message }: ConfigFault) {
  return channelErrors.invalidConfig({ fields: [{ field: `config.${field}`, code: 'invalid', message }] });
}

function placeOf({ workspaceId, id }: ConfigOwner): SealedPlace {
  return { workspaceId, table: 'channels', column: 'sealed_config', rowId: id };
}

/** The platform of a channel. */
export function platformOfChannel({ channelType }: Pick<Channel, 'channelType'>): ChatPlatform {
  return platformOf(channelType);
}
