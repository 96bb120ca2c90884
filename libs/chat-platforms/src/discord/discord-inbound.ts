import { z } from 'zod';
import type { ChannelConfig } from '../chat-platform.js';
import {
  type Inbound,
  type InboundClaim,
  type InboundRequest,
  parseInboundJson,
  peekInboundJson,
  UnreadableInbound,
} from '../inbound.js';
import { isEd25519Signature, isRecent } from '../signatures.js';

const ping = 1;
const command = 2;
const component = 3;

const user = z.object({ id: z.string(), username: z.string().optional() });
interface Option {
  name: string;
  value?: string | number | boolean | undefined;
  options?: Option[] | undefined;
}
const option: z.ZodType<Option> = z.lazy(() =>
  z.object({
    name: z.string(),
    value: z.union([z.string(), z.number(), z.boolean()]).optional(),
    options: z.array(option).max(25).optional(),
  }),
);
const interaction = z.object({
  type: z.int(),
  id: z.string().optional(),
  channel_id: z.string().optional(),
  guild_id: z.string().optional(),
  member: z.object({ user }).optional(),
  user: user.optional(),
  data: z
    .object({
      name: z.string().optional(),
      custom_id: z.string().optional(),
      options: z.array(option).max(25).optional(),
    })
    .optional(),
});

/** The chat that an interaction claims to come from. */
export function discordClaim({ body }: InboundRequest): InboundClaim {
  return { secret: null, chatId: interaction.safeParse(peekInboundJson(body)).data?.channel_id ?? null };
}

/** Whether the request is signed by the channel's own application. */
export function isDiscordGenuine(request: InboundRequest, config: ChannelConfig): boolean {
  const keys = [config.app_public_key, config.public_key].filter((key) => key !== undefined);
  return keys.some((key) => isSignedByApplication(request, key));
}

/** Whether a request is signed by the application with this public key, at a time near ours. */
export function isSignedByApplication({ headers, body, now }: InboundRequest, publicKey: string): boolean {
  const time = headers['x-signature-timestamp'] ?? '';
  if (!isRecent(time, now)) return false;
  return isEd25519Signature(
    publicKey,
    headers['x-signature-ed25519'] ?? '',
    Buffer.concat([Buffer.from(time, 'utf8'), body]),
  );
}

/** What an interaction is about. @throws UnreadableInbound. */
export function readInteraction(body: Buffer): Inbound {
  const read = interaction.safeParse(parseInboundJson(body));
  if (!read.success) throw new UnreadableInbound('not an interaction');
  const { type, id, channel_id: chatId, guild_id: guildId, data } = read.data;
  if (type === ping) return { kind: 'handshake', answer: { type: ping } };
  if ((type !== command && type !== component) || !id || !chatId) return { kind: 'ignored' };
  const text = [`/${data?.name ?? data?.custom_id ?? ''}`, ...wordsOf(data?.options ?? [])].join(' ');
  const person = read.data.member?.user ?? read.data.user;
  return {
    kind: 'message',
    message: {
      id,
      dedupeKey: id,
      chatId,
      userId: person?.id ?? null,
      username: person?.username ?? null,
      text,
      command: null,
      isCommand: true,
      extra: guildId === undefined ? {} : { guild_id: guildId },
    },
  };
}

function wordsOf(options: readonly Option[]): string[] {
  return options.flatMap((each) =>
    each.value === undefined ? [each.name, ...wordsOf(each.options ?? [])] : [String(each.value)],
  );
}

const webhook = z.object({ channel_id: z.string().max(64) });

/** The chat that a webhook posts to, from what Discord answers to a GET of its address; null: it says none. */
export function readWebhookChat(json: unknown): string | null {
  return webhook.safeParse(json).data?.channel_id ?? null;
}
