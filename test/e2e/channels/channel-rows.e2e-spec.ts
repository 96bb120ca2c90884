import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { ChannelsApp, discordApplication, secrets } from './channels-app.fixture.js';

describe('keeping channels', () => {
  let app: ChannelsApp;
  let owner: SeededMember;

  beforeAll(async () => {
    app = await ChannelsApp.start();
    owner = await app.test.seed.workspace();
  });
  afterAll(() => app.close());

  const fresh = () => app.test.seed.workspace();
  const create = (caller: SeededMember, body: unknown) => app.call(caller, 'POST', app.path(caller), body);
  const detail = (caller: SeededMember, id: string) => app.call(caller, 'GET', app.path(caller, `/${id}`));

  it('lists the adapters for anybody, in the order and with the flags of the contract', async () => {
    const { status, body } = await app.call(null, 'GET', '/api/v1/channels/adapters');
    expect(status).toBe(200);
    const adapters = body as unknown as {
      type: string;
      display_name: string;
      config_schema: Record<string, unknown>[];
    }[];
    const flags = adapters.map(({ type, display_name, config_schema }) => [
      type,
      display_name,
      ...config_schema.map(
        ({ key, label, type: input, required, sensitive }) =>
          `${key} · ${label} · ${input} · ${required ? 'req' : 'opt'}${sensitive ? ' · sens' : ''}`,
      ),
    ]);
    expect(flags).toEqual([
      [
        'discord',
        'Discord',
        'webhook_url · Webhook URL · password · req · sens',
        'public_key · Interactions Public Key (hex) · password · opt · sens',
      ],
      [
        'lark',
        'Lark / Feishu',
        'webhook_url · Custom Bot Webhook URL · password · req · sens',
        'verify_token · Event Subscription Verify Token · password · opt · sens',
      ],
      [
        'slack',
        'Slack',
        'bot_token · Bot Token (xoxb-…) · password · opt · sens',
        'channel_id · Channel ID · text · opt',
        'webhook_url · Incoming Webhook URL (legacy) · password · opt · sens',
        'username · Override Username · text · opt',
        'icon_emoji · Override Icon Emoji · text · opt',
      ],
      ['telegram', 'Telegram', 'bot_token · Bot Token · password · req · sens', 'chat_id · Chat IDs · text · req'],
    ]);
  });

  it('makes one of each type, shows it with every secret masked, and keeps none in clear', async () => {
    const one = await fresh();
    for (const type of ['telegram', 'slack', 'discord', 'lark'] as const) {
      const made = await create(one, { channel_type: type, config: app.configOf(type) });
      expect(made).toMatchObject({ status: 201, body: { channel_type: type, enabled: true } });
      app.test.clock.advanceMs(1_000);
    }
    const { body } = await app.call(one, 'GET', app.path(one));
    const list = body as unknown as { channel_type: string; config: Record<string, string> }[];
    expect(list.map(({ channel_type }) => channel_type)).toEqual(['telegram', 'slack', 'discord', 'lark']);
    expect(list.map(({ config }) => config)).toEqual([
      { bot_token: '1234...3456', chat_id: '7', webhook_secret: 'tele...nary' },
      { bot_token: 'xoxb...6789', channel_id: 'C1', signing_secret: 'slac...nary' },
      { webhook_url: 'http...nary', public_key: expect.stringMatching(/^.{4}\.\.\..{4}$/) },
      { webhook_url: 'http...nary', verify_token: 'lark...nary' },
    ]);
    expect(list[0]).toMatchObject({ allowed_users: [], channel_budget: null, message_count: 0, enabled: true });
    expect(list[0]).not.toHaveProperty('last_message_at');
    const rows = JSON.stringify(
      await app.test.prisma.client.channel.findMany({ where: { workspaceId: one.workspaceId } }),
    );
    for (const secret of [app.stub.telegramToken, app.stub.slackToken, ...Object.values(secrets)]) {
      expect(rows).not.toContain(secret);
    }
  });

  it('takes the other names: type, allowlist, and channel for Slack', async () => {
    const one = await fresh();
    const { channel_id: _, ...config } = app.configOf('slack');
    const made = await create(one, {
      type: 'slack',
      allowlist: ['U1', ' U1 ', ''],
      config: { ...config, channel: 'C9' },
    });
    expect(made.status).toBe(201);
    const { body } = await detail(one, String(made.body.id));
    expect(body).toMatchObject({ allowed_users: ['U1'], config: { channel_id: 'C9' } });
    expect(body.webhook_url).toBe(`https://crewship.example.com/api/v1/webhooks/slack?channel=${made.body.id}`);
  });

  const config = { bot_token: '1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', chat_id: '1' };
  it.each([
    ['no type', {}, 'channel_type is required', undefined],
    ['an unknown type', { channel_type: 'irc' }, 'unsupported channel_type: irc', undefined],
    [
      'a config that is no object',
      { channel_type: 'telegram', config: [] },
      'config must be an object of at most 50 members',
      'config',
    ],
    ['no config', { channel_type: 'telegram' }, 'invalid channel config', 'config.bot_token'],
    [
      'a bad Telegram token',
      { channel_type: 'telegram', config: { ...config, bot_token: '1:short' } },
      'invalid channel config',
      'config.bot_token',
    ],
    [
      'no chat',
      { channel_type: 'telegram', config: { ...config, chat_id: '' } },
      'invalid channel config',
      'config.chat_id',
    ],
    [
      'a short webhook secret',
      { channel_type: 'telegram', config: { ...config, webhook_secret: 'short' } },
      'invalid channel config',
      'config.webhook_secret',
    ],
    [
      'a mask for a secret',
      { channel_type: 'slack', config: { bot_token: 'xoxb...6789', channel_id: 'C1' } },
      'invalid channel config',
      'config.bot_token',
    ],
    ['Slack with nothing', { channel_type: 'slack', config: {} }, 'invalid channel config', 'config.bot_token'],
    [
      'Slack without a channel',
      { channel_type: 'slack', config: { bot_token: 'xoxb-1' } },
      'invalid channel config',
      'config.channel_id',
    ],
    [
      'a foreign Slack webhook',
      { channel_type: 'slack', config: { webhook_url: 'https://hooks.slack.com.evil.example/x' } },
      'invalid channel config',
      'config.webhook_url',
    ],
    [
      'a foreign Discord webhook',
      { channel_type: 'discord', config: { webhook_url: 'https://discord.com/api/webhooks/../../x' } },
      'invalid channel config',
      'config.webhook_url',
    ],
    [
      'a bad Discord key',
      { channel_type: 'discord', config: { webhook_url: secrets.discordHook, public_key: 'ab' } },
      'invalid channel config',
      'config.public_key',
    ],
    [
      'a foreign Lark webhook',
      { channel_type: 'lark', config: { webhook_url: 'https://example.com/open-apis/bot/v2/hook/x' } },
      'invalid channel config',
      'config.webhook_url',
    ],
    [
      'an allowlist of numbers',
      { channel_type: 'telegram', config, allowed_users: [1] },
      'allowed_users must be an array of strings of at most 128 characters',
      'allowed_users',
    ],
    [
      'a negative budget',
      { channel_type: 'telegram', config, channel_budget: -1 },
      'channel_budget must be a whole number from 0 to 2147483647',
      'channel_budget',
    ],
    [
      'an unknown period',
      { channel_type: 'telegram', config, budget_period: 'week' },
      'budget_period must be one of day, month',
      'budget_period',
    ],
    [
      'enabled as a text',
      { channel_type: 'telegram', config, enabled: 'yes' },
      'enabled must be true or false',
      'enabled',
    ],
    [
      'an unknown agent',
      { channel_type: 'telegram', config, agent_id: 'nobody' },
      'agent_id is not an agent of this workspace',
      'agent_id',
    ],
  ])('refuses %s and says which member is wrong', async (_what, body, detail, field) => {
    const answer = await create(owner, body);
    expect(answer).toMatchObject({ status: 400, body: { detail } });
    expect((answer.body.errors as { field: string }[] | undefined)?.[0]?.field).toBe(field);
  });

  it('answers 409 for a second channel of a type, also when both are made at once', async () => {
    const one = await fresh();
    const body = { channel_type: 'telegram', config: app.configOf('telegram') };
    const answers = await Promise.all([create(one, body), create(one, body), create(one, body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('changes what is given: a mask leaves its secret, a new value replaces it, the rest of the config goes', async () => {
    const one = await fresh();
    const id = await app.channel(one, 'slack', { allowed_users: ['U1'], channel_budget: 3 });
    const { body: shown } = await detail(one, id);
    const patch = (body: unknown) => app.call(one, 'PATCH', app.path(one, `/${id}`), body);
    expect(await patch({ config: { ...(shown.config as object), username: 'Ops Bot' } })).toMatchObject({
      status: 200,
      body: { status: 'updated' },
    });
    await app.call(one, 'POST', app.path(one, `/${id}/send`), { text: 'still works' });
    expect(app.stub.callsOf('slack.chat.postMessage').at(-1)?.headers.authorization).toBe(
      `Bearer ${app.stub.slackToken}`,
    );
    expect(await patch({ config: { bot_token: 'xoxb-another-token-000', channel_id: 'C2' } })).toMatchObject({
      status: 200,
    });
    const { body } = await detail(one, id);
    expect(body).toMatchObject({
      config: { bot_token: 'xoxb...-000', channel_id: 'C2' },
      allowed_users: ['U1'],
      channel_budget: 3,
    });
    expect(body.config).not.toHaveProperty('signing_secret');
    await patch({ allowed_users: [], channel_budget: null, budget_period: 'day', enabled: false });
    expect((await detail(one, id)).body).toMatchObject({
      allowed_users: [],
      channel_budget: null,
      budget_period: 'day',
      enabled: false,
    });
    expect(await patch({ config: { channel_id: 'C2' } })).toMatchObject({
      status: 400,
      body: { detail: 'invalid channel config' },
    });
  });

  it('keeps the secret that Telegram was told when a new config does not name it', async () => {
    const one = await fresh();
    const id = await app.channel(one, 'telegram', { config: { bot_token: app.stub.telegramToken, chat_id: '7' } });
    const before = await app.test.prisma.client.channel.findUnique({ where: { id } });
    expect(before?.inboundKey).toMatch(/^[0-9a-f]{64}$/);
    await app.call(one, 'PATCH', app.path(one, `/${id}`), {
      config: { bot_token: app.stub.telegramToken, chat_id: '8' },
    });
    const after = await app.test.prisma.client.channel.findUnique({ where: { id } });
    expect(after).toMatchObject({ inboundKey: before?.inboundKey, chatIds: ['8'] });
  });

  it('removes a channel with its log, once', async () => {
    const one = await fresh();
    const id = await app.channel(one, 'telegram');
    await app.call(one, 'POST', app.path(one, `/${id}/test`));
    const remove = () => app.call(one, 'DELETE', app.path(one, `/${id}`));
    expect(await remove()).toMatchObject({ status: 200, body: { status: 'deleted' } });
    expect(await remove()).toMatchObject({ status: 404, body: { detail: 'channel not found' } });
    expect(await app.test.prisma.client.channelMessage.count({ where: { channelId: id } })).toBe(0);
  });

  it('accepts the public key of Discord under either name', async () => {
    const one = await fresh();
    const config = { webhook_url: secrets.discordHook, app_public_key: discordApplication.publicKey };
    expect((await create(one, { channel_type: 'discord', config })).status).toBe(201);
  });
});
