import type { ChatPlatform, ConfigField } from '../chat-platform.js';
import { isAddressUnder } from '../config-reading.js';
import { idsOf, messageParts } from '../message-parts.js';
import { jsonPost } from '../outbound.js';
import { readSlackAnswer } from './slack-answer.js';
import { isSlackGenuine, readSlackRequest, slackClaim } from './slack-inbound.js';
import { slackMarkdown } from './slack-markdown.js';

const longestMessage = 3_000;
/** The one target of a channel that posts through an incoming webhook. */
const throughWebhook = 'webhook';

const fields: readonly ConfigField[] = [
  {
    key: 'bot_token',
    label: 'Bot Token (xoxb-…)',
    type: 'password',
    required: false,
    sensitive: true,
    placeholder: 'xoxb-…',
    help: 'Needs the scope chat:write. Recommended; without it an incoming webhook is used.',
  },
  {
    key: 'channel_id',
    label: 'Channel ID',
    type: 'text',
    required: false,
    sensitive: false,
    placeholder: 'C0123456789',
    help: 'Where messages go, and where they are taken from. Needed with a bot token.',
  },
  {
    key: 'webhook_url',
    label: 'Incoming Webhook URL (legacy)',
    type: 'password',
    required: false,
    sensitive: true,
    placeholder: 'https://hooks.slack.com/services/…',
  },
  { key: 'username', label: 'Override Username', type: 'text', required: false, sensitive: false },
  {
    key: 'icon_emoji',
    label: 'Override Icon Emoji',
    type: 'text',
    required: false,
    sensitive: false,
    placeholder: ':robot_face:',
  },
];

/** Slack, by a bot token or an incoming webhook; in by the Events API and slash commands, signed with the app's secret. */
export const slack: ChatPlatform = {
  type: 'slack',
  displayName: 'Slack',
  configSchema: fields,
  furtherFields: [
    { key: 'signing_secret', sensitive: true },
    { key: 'webhook_secret', sensitive: true },
    { key: 'chat_id', sensitive: false },
  ],
  aliases: { channel: 'channel_id' },
  findFault: (config) => {
    if (!config.bot_token && !config.webhook_url) {
      return { field: 'bot_token', message: 'bot_token or webhook_url is required' };
    }
    if (config.bot_token && channelsOf(config).length === 0) {
      return { field: 'channel_id', message: 'channel_id is required with a bot_token' };
    }
    if (config.webhook_url && !isAddressUnder(['https://hooks.slack.com/'], config.webhook_url)) {
      return { field: 'webhook_url', message: 'webhook_url must begin with https://hooks.slack.com/' };
    }
    return null;
  },
  chatsOf: channelsOf,
  targetsOf: (config) => (config.bot_token ? channelsOf(config) : [throughWebhook]),
  replyTargetOf: (config, chatId) => (config.bot_token ? chatId : throughWebhook),
  partsOf: (text) => messageParts(slackMarkdown(text), longestMessage),
  postOf: (config, { slackApiUrl }, { target, text }) => {
    if (!config.bot_token) return jsonPost(config.webhook_url ?? '', { text });
    const look = {
      ...(config.username && { username: config.username }),
      ...(config.icon_emoji && { icon_emoji: config.icon_emoji }),
    };
    return jsonPost(
      `${slackApiUrl}/chat.postMessage`,
      { channel: target, text, ...look },
      { authorization: `Bearer ${config.bot_token}` },
    );
  },
  readAnswer: readSlackAnswer,
  inboundSecretOf: () => null,
  claimOf: slackClaim,
  isGenuine: isSlackGenuine,
  read: readSlackRequest,
  // Slack shows the answer to a slash command to whoever typed it, and says nothing of the answer to an event.
  acknowledge: (outcome, isCommand) => (isCommand ? { response_type: 'ephemeral', text: wordsOf[outcome] } : null),
};

const wordsOf = {
  accepted: 'Passed on to the agent. The answer follows in the channel.',
  ignored: 'This was not passed on to the agent.',
  no_channel: 'No agent takes messages from this channel.',
  unknown_agent: 'There is no agent of that name here.',
} as const;

function channelsOf(config: Readonly<Record<string, string>>): string[] {
  return idsOf([config.channel_id, config.chat_id].filter(Boolean).join(','));
}
