import { z } from 'zod';
import type { ChannelConfig } from '../chat-platform.js';
import {
  type Inbound,
  type InboundClaim,
  type InboundRequest,
  peekInboundJson,
  UnreadableInbound,
} from '../inbound.js';
import { hmacHex, isRecent, sameText } from '../signatures.js';

const event = z.object({
  type: z.string(),
  channel: z.string().optional(),
  user: z.string().optional(),
  text: z.string().optional(),
  ts: z.string().optional(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
});
const envelope = z.discriminatedUnion('type', [
  z.object({ type: z.literal('url_verification'), challenge: z.string() }),
  z.object({ type: z.literal('event_callback'), event }),
]);

/** The channel that a request claims to be about. */
export function slackClaim(request: InboundRequest): InboundClaim {
  const form = formOf(request);
  if (form) return { secret: null, chatId: form.get('channel_id') };
  const read = envelope.safeParse(peekInboundJson(request.body)).data;
  return { secret: null, chatId: read?.type === 'event_callback' ? (read.event.channel ?? null) : null };
}

/** Whether the request is signed with the app's signing secret (`v0`) at a time near ours. */
export function isSlackGenuine({ headers, body, now }: InboundRequest, config: ChannelConfig): boolean {
  const secret = config.signing_secret ?? '';
  const time = headers['x-slack-request-timestamp'] ?? '';
  if (secret === '' || !isRecent(time, now)) return false;
  return sameText(headers['x-slack-signature'] ?? '', `v0=${hmacHex(secret, `v0:${time}:`, body)}`);
}

/** What a request of the Events API or a slash command is about. @throws UnreadableInbound. */
export function readSlackRequest(request: InboundRequest): Inbound {
  const form = formOf(request);
  if (form) return commandOf(form);
  const json = peekInboundJson(request.body);
  const read = envelope.safeParse(json).data;
  if (read === undefined) {
    if (typeof json === 'object' && json !== null && 'type' in json) return { kind: 'ignored' };
    throw new UnreadableInbound('neither an event nor a command');
  }
  return read.type === 'url_verification'
    ? { kind: 'handshake', answer: { challenge: read.challenge } }
    : eventOf(read.event);
}

function eventOf({ type, channel, user, text, ts, thread_ts, subtype, bot_id }: z.infer<typeof event>): Inbound {
  // What a bot wrote, ours among them, must not come back as a question.
  const written = type === 'message' && bot_id === undefined && (subtype === undefined || subtype === 'file_share');
  if (!written || !channel || !ts || !text) return { kind: 'ignored' };
  return {
    kind: 'message',
    message: {
      id: ts,
      dedupeKey: `${channel}:${ts}`,
      chatId: channel,
      userId: user ?? null,
      username: user ?? null,
      text,
      command: null,
      isCommand: false,
      extra: thread_ts === undefined ? {} : { thread_ts },
    },
  };
}

function commandOf(form: URLSearchParams): Inbound {
  const channel = form.get('channel_id');
  const trigger = form.get('trigger_id');
  const command = form.get('command');
  if (!channel || !trigger || !command) throw new UnreadableInbound('not a slash command');
  return {
    kind: 'message',
    message: {
      id: trigger,
      dedupeKey: `command:${trigger}`,
      chatId: channel,
      userId: form.get('user_id'),
      username: form.get('user_name'),
      text: `${command} ${form.get('text') ?? ''}`.trim(),
      command: null,
      isCommand: true,
      extra: {},
    },
  };
}

function formOf({ headers, body }: InboundRequest): URLSearchParams | null {
  const isForm = (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
  return isForm ? new URLSearchParams(body.toString('utf8')) : null;
}
