import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { ChannelsApp, discordApplication, secrets } from './channels-app.fixture.js';
import {
  discordCommand,
  larkMessage,
  slackCommand,
  slackMessage,
  telegramMessage,
} from './inbound-messages.fixture.js';

describe('taking messages', () => {
  let app: ChannelsApp;
  let owner: SeededMember;
  let agentId: string;

  beforeAll(async () => {
    app = await ChannelsApp.start();
  });
  beforeEach(async () => {
    app.stub.reset();
    await app.test.prisma.client.channel.deleteMany();
    owner = await app.test.seed.workspace();
    agentId = await app.test.seed.agent(owner.workspaceId, { agentRole: 'LEAD' });
  });
  afterAll(() => app.close());

  const told = async () => (await app.delivered(owner.workspaceId)).map(({ params }) => params);
  const texts = async () => (await told()).map(({ message }) => message.parts[0]?.text);

  it('hands a Telegram message to the agent with what it needs to know, in the log, the count and the events', async () => {
    const id = await app.channel(owner, 'telegram', { agent_id: agentId });
    expect(await app.telegram(telegramMessage('deploy, please', { id: 55 }))).toMatchObject({
      status: 200,
      body: { status: 'accepted' },
    });
    const rows = await app.test.prisma.client.delivery.findMany({
      where: { workspaceId: owner.workspaceId, type: 'agent.message' },
    });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ agentId, originKind: 'channel' });
    expect(rows[0]?.data).toEqual({
      jsonrpc: '2.0',
      id: expect.any(String),
      method: 'message/send',
      params: {
        message: { role: 'user', messageId: 'channel-telegram-55', parts: [{ kind: 'text', text: 'deploy, please' }] },
        metadata: {
          source: 'telegram',
          channel_id: id,
          chat_id: '7',
          user_id: '42',
          username: 'ada',
          message_id: '55',
          history: [],
          extra: { chat_type: 'private' },
        },
      },
    });
    expect(await app.log(owner, id)).toMatchObject([
      {
        direction: 'inbound',
        status: 'accepted',
        text: 'deploy, please',
        user_id: '42',
        delivery_id: rows[0]?.id,
        reason: null,
      },
    ]);
    const detail = await app.call(owner, 'GET', app.path(owner, `/${id}`));
    expect(detail.body).toMatchObject({ message_count: 1, budget_used: 1 });
    const events = await app.test.prisma.client.event.findMany({
      where: { workspaceId: owner.workspaceId, type: 'CHANNEL_MESSAGE' },
    });
    expect(events.map(({ payload }) => payload)).toEqual([
      { channel_id: id, channel_type: 'telegram', direction: 'inbound', username: 'ada' },
    ]);
  });

  it('takes messages and commands of Slack, and answers its handshake with one body', async () => {
    await app.channel(owner, 'slack');
    const greeting = await app.slack(JSON.stringify({ type: 'url_verification', challenge: 'c0ffee', token: 'x' }));
    expect(greeting.text).toBe('{"challenge":"c0ffee"}');
    expect(await app.slack(slackMessage('hello'))).toMatchObject({ status: 200, body: { status: 'accepted' } });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await app.slack(slackCommand('how are you', 'trigger-1'), { headers: form })).toMatchObject({
      status: 200,
      body: { status: 'accepted', response_type: 'ephemeral', text: expect.stringContaining('Passed on') },
    });
    expect(await texts()).toEqual(['hello', '/ask how are you']);
  });

  it.each([
    ['a bot wrote', { bot_id: 'B1' }],
    ['nobody wrote', { text: '' }],
  ])('ignores what %s at Slack', async (_who, values) => {
    await app.channel(owner, 'slack');
    expect(await app.slack(slackMessage('loop', values))).toMatchObject({ status: 200, body: { status: 'ignored' } });
    expect(await texts()).toEqual([]);
  });

  it('answers Discord’s ping, takes its commands and tells whoever wrote, with the key under either name', async () => {
    for (const key of ['public_key', 'app_public_key']) {
      const one = await app.test.seed.workspace();
      const config = { webhook_url: secrets.discordHook, [key]: discordApplication.publicKey, chat_id: `D-${key}` };
      await app.channel(one, 'discord', { config });
      expect((await app.discord({ type: 1 })).text).toBe('{"type":1}');
      expect(await app.discord(discordCommand('what is up', { chat: `D-${key}` }))).toMatchObject({
        status: 200,
        body: { status: 'accepted', type: 4, data: { flags: 64, content: expect.any(String) } },
      });
      const [message] = await app.delivered(one.workspaceId);
      expect(message?.params.message.parts[0]?.text).toBe('/ask what is up');
      expect(JSON.stringify(message)).not.toContain('interaction-token-canary');
    }
  });

  it('takes Lark’s messages by its token and echoes its challenge', async () => {
    await app.channel(owner, 'lark');
    const token = secrets.larkToken;
    const greeting = await app.post('lark', JSON.stringify({ type: 'url_verification', challenge: 'abc', token }));
    expect(greeting.text).toBe('{"challenge":"abc"}');
    expect(await app.post('lark', JSON.stringify(larkMessage('hallo', token)))).toMatchObject({
      body: { status: 'accepted' },
    });
    expect(await texts()).toEqual(['hallo']);
    expect((await told())[0]?.metadata).toMatchObject({ user_id: 'lark-user', chat_id: 'oc_1' });
  });

  it('takes a message once, however often and at whatever moment the platform sends it', async () => {
    const id = await app.channel(owner, 'telegram');
    const update = telegramMessage('once');
    const answers = await Promise.all([app.telegram(update), app.telegram(update), app.telegram(update)]);
    expect([...answers, await app.telegram(update)].map(({ body }) => body.status)).toEqual(Array(4).fill('accepted'));
    expect(await texts()).toEqual(['once']);
    expect(await app.log(owner, id)).toHaveLength(1);
  });

  it('drops what the allowlist does not name, visibly and without counting, and takes users and chats that it names', async () => {
    const id = await app.channel(owner, 'telegram', {
      allowed_users: ['42', '8'],
      config: { ...app.configOf('telegram'), chat_id: '7,8' },
    });
    const statuses = [
      await app.telegram(telegramMessage('from a friend')),
      await app.telegram(telegramMessage('in a friendly chat', { chat: 8, user: 1 })),
      await app.telegram(telegramMessage('from a stranger', { user: 1 })),
    ].map(({ body }) => body.status);
    expect(statuses).toEqual(['accepted', 'accepted', 'ignored']);
    expect(await texts()).toEqual(['from a friend', 'in a friendly chat']);
    expect((await app.log(owner, id)).filter(({ status }) => status === 'dropped')).toMatchObject([
      { text: 'from a stranger', reason: 'not_allowed', user_id: '1' },
    ]);
    expect((await app.call(owner, 'GET', app.path(owner, `/${id}`))).body.message_count).toBe(2);
  });

  it('drops what the budget has no room for, visibly', async () => {
    const id = await app.channel(owner, 'telegram', { channel_budget: 1 });
    await app.telegram(telegramMessage('first'));
    expect((await app.telegram(telegramMessage('second'))).body.status).toBe('ignored');
    expect(await texts()).toEqual(['first']);
    expect((await app.log(owner, id)).filter(({ status }) => status === 'dropped')).toMatchObject([
      { reason: 'budget_exceeded' },
    ]);
  });

  it.each([
    ['another chat', telegramMessage('x', { chat: 99 }), 'no_channel'],
    ['an edited message', { update_id: 5, edited_message: {} }, 'ignored'],
    [
      'a photo',
      { update_id: 6, message: { message_id: 3, date: 1, chat: { id: 7, type: 'private' }, photo: [] } },
      'ignored',
    ],
  ])('answers %s with %s', async (_what, update, status) => {
    await app.channel(owner, 'telegram');
    expect(await app.telegram(update)).toMatchObject({ status: 200, body: { status } });
    expect(await texts()).toEqual([]);
  });

  it('takes nothing for a channel that is switched off', async () => {
    await app.channel(owner, 'telegram', { enabled: false });
    expect((await app.telegram(telegramMessage('x'))).body).toEqual({ status: 'no_channel' });
    expect(await texts()).toEqual([]);
  });

  it('routes by the name in brackets between workspaces that share a bot, and says which names there are', async () => {
    const other = await app.test.seed.workspace();
    const config = app.configOf('telegram');
    await app.channel(owner, 'telegram', { config: { ...config, username: 'Backend Engineer' } });
    await app.channel(other, 'telegram', { config: { ...config, username: 'Designer' } });
    await app.telegram(telegramMessage('[backend-eng] fix it'));
    await app.telegram(telegramMessage('[DESIGNER] draw it'));
    expect(await texts()).toEqual(['fix it']);
    expect((await app.delivered(other.workspaceId)).map(({ params }) => params.message.parts[0]?.text)).toEqual([
      'draw it',
    ]);
    expect((await app.telegram(telegramMessage('[pilot] fly'))).body).toEqual({
      status: 'unknown_agent',
      requested_slug: 'pilot',
      available_slugs: expect.arrayContaining(['[backend-engineer]', '[designer]']),
    });
  });

  it('switches a channel off when its bot is put out of its only chat', async () => {
    const id = await app.channel(owner, 'telegram');
    const chat = { id: 7, type: 'group', title: 'Ops' };
    await app.telegram({ update_id: 77, my_chat_member: { chat, new_chat_member: { status: 'kicked' } } });
    expect((await app.call(owner, 'GET', app.path(owner, `/${id}`))).body.enabled).toBe(false);
    expect(await app.log(owner, id)).toMatchObject([{ status: 'dropped', reason: 'bot_removed' }]);
  });

  it('keeps a Discord chat with the workspace that Discord says has its webhook, whoever claims it', async () => {
    const claim = { webhook_url: secrets.discordHook, public_key: discordApplication.publicKey, chat_id: 'D100' };
    const squatter = await app.test.seed.workspace();
    await app.channel(squatter, 'discord', { config: claim });
    app.test.clock.advanceMs(1_000);
    const id = await app.channel(owner, 'discord', { config: claim });
    await app.call(owner, 'POST', app.path(owner, `/${id}/webhook`));
    await app.discord(discordCommand('for the owner'));
    expect(await texts()).toEqual(['/ask for the owner']);
    expect(await app.delivered(squatter.workspaceId)).toEqual([]);
  });

  it('takes Discord’s commands by the instance’s key where the channel has none', async () => {
    const shared = await ChannelsApp.start({ DISCORD_APP_PUBLIC_KEY: discordApplication.publicKey });
    const one = await shared.test.seed.workspace();
    await shared.channel(one, 'discord', { config: { webhook_url: secrets.discordHook, chat_id: 'D100' } });
    expect((await shared.discord({ type: 1 })).text).toBe('{"type":1}');
    expect((await shared.discord(discordCommand('x'))).body.status).toBe('accepted');
    expect((await shared.discord(discordCommand('x', { chat: 'D999' }))).body.status).toBe('no_channel');
    expect(await shared.delivered(one.workspaceId)).toHaveLength(1);
    await shared.close();
  });

  it('stores texts that no row could hold as near as it can', async () => {
    await app.channel(owner, 'telegram');
    expect((await app.telegram(telegramMessage('a\u0000b\ud800c'))).body.status).toBe('accepted');
    expect(await texts()).toEqual(['ab\ufffdc']);
  });
});
