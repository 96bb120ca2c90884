import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SeededMember } from '#testing';
import { ChannelConfigService } from '../../../apps/api/src/modules/channels/channel-config.service.js';
import { ChannelMessageSweepService } from '../../../apps/api/src/modules/channels/channel-message-sweep.service.js';
import { ChannelsApp, secrets } from './channels-app.fixture.js';

const day = 24 * 3_600_000;

describe('sending through channels', () => {
  let app: ChannelsApp;
  let owner: SeededMember;

  beforeAll(async () => {
    app = await ChannelsApp.start();
  });
  beforeEach(async () => {
    app.stub.reset();
    owner = await app.test.seed.workspace();
  });
  afterAll(() => app.close());

  const send = (id: string, text: unknown = 'hello') =>
    app.call(owner, 'POST', app.path(owner, `/${id}/send`), { text });
  const test = (id: string) => app.call(owner, 'POST', app.path(owner, `/${id}/test`));
  const detail = async (id: string) => (await app.call(owner, 'GET', app.path(owner, `/${id}`))).body;

  it('sends to every Telegram chat, counts once, logs each target and tells it as an event', async () => {
    const id = await app.channel(owner, 'telegram', { config: { ...app.configOf('telegram'), chat_id: '7, 8,7' } });
    expect(await send(id, '**hi**')).toMatchObject({
      status: 200,
      body: {
        status: 'sent',
        results: [
          { target: '7', ok: true, error: null },
          { target: '8', ok: true, error: null },
        ],
      },
    });
    expect(app.stub.callsOf('telegram.sendMessage').map(({ body }) => body.parse_mode)).toEqual([
      'Markdown',
      'Markdown',
    ]);
    expect(await detail(id)).toMatchObject({ message_count: 1, budget_used: 1, last_message_at: expect.any(String) });
    const log = await app.log(owner, id);
    expect(
      log.map(({ chat_id, status, direction, text }) => `${direction} ${status} ${chat_id} ${text}`).sort(),
    ).toEqual(['outbound sent 7 **hi**', 'outbound sent 8 **hi**']);
    const events = await app.test.prisma.client.event.findMany({
      where: { workspaceId: owner.workspaceId, type: 'CHANNEL_MESSAGE' },
    });
    expect(events.map(({ payload }) => payload)).toEqual([
      { channel_id: id, channel_type: 'telegram', direction: 'outbound' },
    ]);
  });

  it.each([
    ['slack', 'slack.chat.postMessage', { channel: 'C1', text: '*hi* <https://x.example|there>' }],
    ['discord', 'discord.webhook', { content: '**hi** [there](https://x.example)' }],
    ['lark', 'lark.webhook', { msg_type: 'text', content: { text: '**hi** [there](https://x.example)' } }],
  ] as const)(
    'posts to %s as its API wants it, with a channel as its schema makes it',
    async (type, operation, body) => {
      const id = await app.channel(owner, type);
      expect((await send(id, '**hi** [there](https://x.example)')).status).toBe(200);
      expect(app.stub.callsOf(operation).map((call) => call.body)).toEqual([expect.objectContaining(body)]);
    },
  );

  it('posts through Slack’s incoming webhook without a bot token', async () => {
    const id = await app.channel(owner, 'slack', { config: { webhook_url: secrets.slackHook } });
    expect(await send(id)).toMatchObject({ status: 200, body: { results: [{ target: 'webhook', ok: true }] } });
    expect(app.stub.callsOf('slack.webhook').map(({ body }) => body)).toEqual([{ text: 'hello' }]);
  });

  it('sends a long text in parts and a text that Telegram cannot format once more without formatting', async () => {
    const id = await app.channel(owner, 'telegram');
    app.stub.decide = ({ body }) =>
      body.parse_mode
        ? { status: 400, body: { ok: false, error_code: 400, description: "can't parse entities" } }
        : null;
    const paragraphs = ['a'.repeat(4_000), 'b'.repeat(4_000)];
    expect((await send(id, paragraphs.join('\n\n'))).status).toBe(200);
    const plain = app.stub.callsOf('telegram.sendMessage').filter(({ body }) => body.parse_mode === undefined);
    expect(plain.map(({ body }) => body.text)).toEqual(paragraphs);
  });

  it('waits as long as Telegram asks for, once', async () => {
    const id = await app.channel(owner, 'telegram');
    let refusals = 0;
    app.stub.decide = () => {
      refusals += 1;
      const body = { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 0 } };
      return refusals === 1 || refusals > 2 ? { status: 429, body } : null;
    };
    expect((await send(id)).status).toBe(200);
    expect(await send(id)).toMatchObject({ status: 502 });
    expect(app.stub.calls).toHaveLength(4);
  });

  it('answers 200 with what failed when one target took it, and 502 with the results when none did', async () => {
    const id = await app.channel(owner, 'telegram', { config: { ...app.configOf('telegram'), chat_id: '7,8' } });
    const refusal = { status: 403, body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked' } };
    app.stub.decide = ({ body }) => (body.chat_id === '8' ? refusal : null);
    const failed = { target: '8', ok: false, error: 'the platform does not allow writing there' };
    expect(await send(id)).toMatchObject({
      status: 200,
      body: { status: 'sent', results: [{ target: '7', ok: true }, failed] },
    });
    app.stub.decide = () => refusal;
    expect(await send(id)).toMatchObject({
      status: 502,
      body: { detail: 'send failed', results: [{ target: '7', ok: false }, failed] },
    });
    expect(await test(id)).toMatchObject({ status: 502, body: { detail: 'test message failed' } });
    expect(await detail(id)).toMatchObject({ message_count: 1, budget_used: 1 });
  });

  it.each([
    [
      'slack',
      'says ok: false',
      { body: { ok: false, error: 'channel_not_found' } },
      'the platform refused the message (channel_not_found)',
    ],
    [
      'lark',
      'says another code than 0',
      { body: { code: 19001, msg: 'param invalid' } },
      'the platform refused the message (code 19001)',
    ],
    [
      'discord',
      'does not know the webhook',
      { status: 404, body: { message: 'Unknown Webhook' } },
      'the platform does not know the address, chat or token',
    ],
    ['telegram', 'hangs up', { hangUp: true }, 'the platform could not be reached'],
    ['telegram', 'is down', { status: 503, body: 'oops' }, 'the platform failed (HTTP 503)'],
  ] as const)('answers 502 when %s %s', async (type, _what, fault, error) => {
    const id = await app.channel(owner, type);
    app.stub.decide = () => fault;
    expect(await send(id)).toMatchObject({ status: 502, body: { results: [{ ok: false, error }] } });
    expect(await app.log(owner, id)).toMatchObject([{ status: 'failed', reason: error }]);
  });

  it('takes nothing from the budget when the secrets cannot be opened', async () => {
    const id = await app.channel(owner, 'telegram', { channel_budget: 1 });
    const { channel } = app.test.prisma.client;
    const { sealedConfig } = await channel.findUniqueOrThrow({ where: { id } });
    await channel.update({ where: { id }, data: { sealedConfig: 'v1:not-ours' } });
    expect((await send(id)).status).toBeGreaterThanOrEqual(400);
    await channel.update({ where: { id }, data: { sealedConfig } });
    expect((await send(id)).status).toBe(200);
  });

  it('says and audits what was sent although the channel was removed meanwhile', async () => {
    const id = await app.channel(owner, 'telegram');
    app.stub.decide = async () => {
      await app.call(owner, 'DELETE', app.path(owner, `/${id}`));
      return null;
    };
    expect(await send(id)).toMatchObject({ status: 200, body: { status: 'sent' } });
    const audited = await app.test.prisma.client.auditLog.findMany({ where: { entityId: id } });
    expect(audited.map(({ action }) => action).sort()).toEqual(['channel.create', 'channel.delete', 'channel.send']);
  });

  it('keeps the log for thirty days', async () => {
    const id = await app.channel(owner, 'telegram');
    await send(id, 'old');
    app.test.clock.advanceMs(30 * day);
    await send(id, 'young');
    app.test.clock.advanceMs(1);
    expect(await app.test.app.get(ChannelMessageSweepService, { strict: false }).runOnce()).toBeGreaterThan(0);
    expect((await app.log(owner, id)).map(({ text }) => text)).toEqual(['young']);
  });

  it.each([
    ['no text', {}, 'text is required'],
    ['an empty text', { text: '' }, 'text is required'],
    ['a text without a character to be seen', { text: ' \n'.repeat(3_000) }, 'text is required'],
    ['a text that is none', { text: 5 }, 'text must be a string'],
    ['a text without end', { text: 'x'.repeat(40_001) }, 'text must be at most 40000 characters long'],
  ])('refuses %s', async (_what, body, detailText) => {
    const id = await app.channel(owner, 'telegram');
    const answer = await app.call(owner, 'POST', app.path(owner, `/${id}/send`), body);
    expect(answer).toMatchObject({ status: 400, body: { detail: detailText } });
  });

  it('sends nothing through a channel that is switched off, except the test', async () => {
    const id = await app.channel(owner, 'telegram', { enabled: false });
    expect(await send(id)).toMatchObject({ status: 409, body: { detail: 'channel is disabled' } });
    expect(await test(id)).toMatchObject({ status: 200, body: { status: 'ok', message: 'test message sent' } });
    expect(app.stub.calls.map(({ body }) => body.text)).toEqual(['🔔 Crewship channel test — connection successful!']);
  });

  it('lets exactly as many messages through as the budget has, however many come at once', async () => {
    const id = await app.channel(owner, 'telegram', { channel_budget: 3 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
    expect(answers.find(({ status }) => status === 429)?.body).toMatchObject({ detail: 'channel budget exceeded' });
    expect(app.stub.calls).toHaveLength(3);
    expect(await detail(id)).toMatchObject({ message_count: 3, budget_used: 3 });
    expect((await test(id)).status).toBe(200);
  });

  it('says that a channel is gone, and nothing of budgets, when it was removed meanwhile', async () => {
    const id = await app.channel(owner, 'telegram');
    const configs = app.test.app.get(ChannelConfigService, { strict: false });
    const open = configs.open.bind(configs);
    const opening = vi.spyOn(configs, 'open').mockImplementationOnce(async (channel) => {
      await app.call(owner, 'DELETE', app.path(owner, `/${id}`));
      return open(channel);
    });
    expect(await send(id)).toMatchObject({ status: 404, body: { detail: 'channel not found' } });
    opening.mockRestore();
  });

  it('gives the budget of a message back that no target took, and makes it whole again with the next period', async () => {
    const id = await app.channel(owner, 'telegram', { channel_budget: 1, budget_period: 'day' });
    app.stub.decide = () => ({ hangUp: true });
    expect((await send(id)).status).toBe(502);
    app.stub.reset();
    expect([(await send(id)).status, (await send(id)).status]).toEqual([200, 429]);
    app.test.clock.advanceMs(day);
    expect([(await send(id)).status, (await send(id)).status]).toEqual([200, 429]);
    app.test.clock.advanceMs(-day);
  });

  it('refuses everything with a budget of 0 and nothing once there is none', async () => {
    const id = await app.channel(owner, 'telegram', { channel_budget: 0 });
    expect((await send(id)).status).toBe(429);
    await app.call(owner, 'PATCH', app.path(owner, `/${id}`), { channel_budget: null });
    expect((await send(id)).status).toBe(200);
  });

  it('tells Telegram its webhook with the secret, and shows the address without it', async () => {
    const id = await app.channel(owner, 'telegram');
    const answer = await app.call(owner, 'POST', app.path(owner, `/${id}/webhook`));
    const url = 'https://crewship.example.com/api/v1/webhooks/telegram';
    expect(answer).toMatchObject({ status: 200, body: { registered: true, webhook_url: url } });
    expect(app.stub.callsOf('telegram.setWebhook').map(({ body }) => body)).toEqual([
      expect.objectContaining({ url, secret_token: secrets.telegramWebhook }),
    ]);
    app.stub.telegramToken = '999:another-bot-that-is-known-here-000000';
    const refused = await app.call(owner, 'POST', app.path(owner, `/${id}/webhook`));
    app.stub.telegramToken = '123456789:AAtelegram-token-of-the-test-0123456';
    expect(refused).toMatchObject({ status: 502, body: { code: 'channel.registration_failed' } });
  });

  it.each(['slack', 'lark', 'discord'] as const)('says how to enter the address at %s by hand', async (type) => {
    const id = await app.channel(owner, type);
    const { status, body } = await app.call(owner, 'POST', app.path(owner, `/${id}/webhook`));
    expect({ status, registered: body.registered }).toEqual({ status: 200, registered: false });
    expect(body.webhook_url).toBe(`https://crewship.example.com/api/v1/webhooks/${type}?channel=${id}`);
  });
});
