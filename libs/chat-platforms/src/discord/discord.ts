import type { ChatPlatform } from '../chat-platform.js';
import { isAddressUnder } from '../config-reading.js';
import { idsOf, messageParts } from '../message-parts.js';
import { jsonPost, verdictOfStatus } from '../outbound.js';
import { discordClaim, isDiscordGenuine, readInteraction } from './discord-inbound.js';

const longestMessage = 2_000;
const target = 'webhook';
// Only whoever wrote the command sees it.
const ephemeral = 64;
const channelMessage = 4;

/** Discord: messages out through a channel's webhook, in as interactions that the application signs (Ed25519). */
export const discord: ChatPlatform = {
  type: 'discord',
  displayName: 'Discord',
  configSchema: [
    {
      key: 'webhook_url',
      label: 'Webhook URL',
      type: 'password',
      required: true,
      sensitive: true,
      placeholder: 'https://discord.com/api/webhooks/…',
      help: 'Channel settings, Integrations, Webhooks.',
    },
    {
      key: 'public_key',
      label: 'Interactions Public Key (hex)',
      type: 'password',
      required: false,
      sensitive: true,
      help: 'Public key of the application; needed to take slash commands.',
    },
  ],
  furtherFields: [
    { key: 'app_public_key', sensitive: true },
    { key: 'chat_id', sensitive: false },
    { key: 'webhook_secret', sensitive: true },
    { key: 'username', sensitive: false },
  ],
  aliases: {},
  findFault: (config) => {
    if (!isAddressUnder(['https://discord.com/api/webhooks/'], config.webhook_url ?? '')) {
      return { field: 'webhook_url', message: 'webhook_url must begin with https://discord.com/api/webhooks/' };
    }
    const key = ['public_key', 'app_public_key'].find(
      (each) => config[each] !== undefined && !/^[0-9a-f]{64}$/i.test(config[each] ?? ''),
    );
    return key === undefined ? null : { field: key, message: `${key} must be 64 hexadecimal characters` };
  },
  chatsOf: (config) => idsOf(config.chat_id),
  targetsOf: () => [target],
  replyTargetOf: () => target,
  partsOf: (text) => messageParts(text, longestMessage),
  postOf: (config, _addresses, { text }) =>
    // An agent may address a person, never everybody.
    jsonPost(config.webhook_url ?? '', { content: text, allowed_mentions: { parse: ['users'] } }),
  readAnswer: ({ status, headers }) =>
    status === 200 || status === 204 ? { kind: 'sent', messageId: null } : verdictOfStatus(status, headers),
  inboundSecretOf: () => null,
  claimOf: discordClaim,
  isGenuine: isDiscordGenuine,
  read: ({ body }) => readInteraction(body),
  acknowledge: (outcome, isCommand) =>
    isCommand ? { type: channelMessage, data: { content: wordsOf[outcome], flags: ephemeral } } : null,
};

const wordsOf = {
  accepted: 'Passed on to the agent. The answer follows in the channel.',
  ignored: 'This was not passed on to the agent.',
  no_channel: 'No agent takes messages from this channel.',
  unknown_agent: 'There is no agent of that name here.',
} as const;
