import type { GenericMessageEvent } from '@slack/types';
import type { Update } from 'grammy/types';

let serial = 100;

/** A message as Telegram sends it. */
export function telegramMessage(text: string, values: { chat?: number; user?: number; id?: number } = {}): Update {
  serial += 1;
  const { chat = 7, user = 42, id = serial } = values;
  return {
    update_id: serial,
    message: {
      message_id: id,
      date: 1_700_000_000,
      chat: { id: chat, type: 'private', first_name: 'Ada' },
      from: { id: user, is_bot: false, first_name: 'Ada', username: 'ada' },
      text,
    },
  };
}

/** A message event of Slack, as the Events API sends it. */
export function slackMessage(text: string, values: Partial<GenericMessageEvent> = {}): string {
  serial += 1;
  const ts = `1700000000.${String(serial).padStart(6, '0')}`;
  const event: GenericMessageEvent = {
    type: 'message',
    subtype: undefined,
    channel: 'C1',
    channel_type: 'channel',
    user: 'U42',
    text,
    ts,
    event_ts: ts,
    ...values,
  };
  return JSON.stringify({ type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event, event_id: `Ev${serial}` });
}

/** A slash command of Slack. */
export function slackCommand(text: string, trigger: string): string {
  const fields = { command: '/ask', text, channel_id: 'C1', user_id: 'U42', user_name: 'ada', trigger_id: trigger };
  return new URLSearchParams({ team_id: 'T1', ...fields }).toString();
}

/** A slash command of Discord. */
export function discordCommand(question: string, values: { id?: string; chat?: string } = {}): object {
  serial += 1;
  return {
    type: 2,
    id: values.id ?? `interaction-${serial}`,
    application_id: 'app',
    token: 'interaction-token-canary',
    channel_id: values.chat ?? 'D100',
    guild_id: 'G1',
    member: { user: { id: 'discord-user', username: 'ada' } },
    data: { id: '1', name: 'ask', options: [{ name: 'question', type: 3, value: question }] },
  };
}

/** A message event of Lark. */
export function larkMessage(text: string, token: string): object {
  serial += 1;
  return {
    schema: '2.0',
    header: { event_id: `ev-${serial}`, event_type: 'im.message.receive_v1', token, app_id: 'cli_1' },
    event: {
      sender: { sender_id: { open_id: 'ou_1', user_id: 'lark-user' }, sender_type: 'user' },
      message: {
        message_id: `om_${serial}`,
        chat_id: 'oc_1',
        chat_type: 'group',
        message_type: 'text',
        content: JSON.stringify({ text }),
      },
    },
  };
}
