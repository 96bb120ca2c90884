import { z } from 'zod';
import type { ChatPlatform } from '../chat-platform.js';
import { isAddressUnder } from '../config-reading.js';
import { idsOf, messageParts } from '../message-parts.js';
import { jsonPost, verdictOfStatus } from '../outbound.js';
import { isLarkGenuine, larkClaim, readLarkRequest } from './lark-inbound.js';

const longestMessage = 4_000;
const target = 'webhook';
const prefixes = [
  'https://open.feishu.cn/open-apis/bot/v2/hook/',
  'https://open.larksuite.com/open-apis/bot/v2/hook/',
] as const;

const answerSchema = z.object({ code: z.number().optional(), StatusCode: z.number().optional() });
const tooOften = new Set([9499, 11232, 99991400]);

/** Lark and Feishu: messages out through a custom bot, in by event subscriptions with a token and, encrypted, a signature. */
export const lark: ChatPlatform = {
  type: 'lark',
  displayName: 'Lark / Feishu',
  configSchema: [
    {
      key: 'webhook_url',
      label: 'Custom Bot Webhook URL',
      type: 'password',
      required: true,
      sensitive: true,
      placeholder: 'https://open.larksuite.com/open-apis/bot/v2/hook/…',
    },
    {
      key: 'verify_token',
      label: 'Event Subscription Verify Token',
      type: 'password',
      required: false,
      sensitive: true,
      help: 'Needed to take messages. Found under Events & Callbacks, Encryption Strategy.',
    },
  ],
  furtherFields: [
    { key: 'encrypt_key', sensitive: true },
    { key: 'chat_id', sensitive: false },
    { key: 'webhook_secret', sensitive: true },
    { key: 'username', sensitive: false },
  ],
  aliases: {},
  findFault: (config) =>
    isAddressUnder(prefixes, config.webhook_url ?? '')
      ? null
      : { field: 'webhook_url', message: `webhook_url must begin with ${prefixes.join(' or ')}` },
  chatsOf: (config) => idsOf(config.chat_id),
  targetsOf: () => [target],
  replyTargetOf: () => target,
  partsOf: (text) => messageParts(text, longestMessage),
  postOf: (config, _addresses, { text }) => jsonPost(config.webhook_url ?? '', { msg_type: 'text', content: { text } }),
  readAnswer: ({ status, headers, json }) => {
    if (status !== 200) return verdictOfStatus(status, headers);
    const answer = answerSchema.safeParse(json).data;
    const code = answer?.code ?? answer?.StatusCode;
    if (code === 0) return { kind: 'sent', messageId: null };
    if (code === undefined) return { kind: 'refused', reason: 'the platform answered nothing readable', mayPass: true };
    if (tooOften.has(code)) return verdictOfStatus(429, headers);
    return { kind: 'refused', reason: `the platform refused the message (code ${code})`, mayPass: false };
  },
  inboundSecretOf: (config) => (config.encrypt_key ? null : (config.verify_token ?? null)),
  claimOf: larkClaim,
  isGenuine: isLarkGenuine,
  read: readLarkRequest,
  acknowledge: () => null,
};
