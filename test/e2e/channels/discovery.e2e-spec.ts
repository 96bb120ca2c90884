import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChannelsApp } from './channels-app.fixture.js';
import { telegramMessage } from './inbound-messages.fixture.js';

const admin = { token: 'admin-token-of-the-test' };

describe('finding the chats of a bot', () => {
  let app: ChannelsApp;

  beforeAll(async () => {
    app = await ChannelsApp.start();
  });
  beforeEach(() => app.stub.reset());
  afterAll(() => app.close());

  const discover = (body: unknown, caller: { token: string } | null = admin) =>
    app.call(caller, 'POST', '/api/v1/channels/discover', body);
  const wish = () => ({ channel_type: 'telegram', bot_token: app.stub.telegramToken, workspace_id: 'w1' });

  it('lists each chat once and only reads', async () => {
    app.stub.telegramUpdates = [
      telegramMessage('/start'),
      telegramMessage('again'),
      { update_id: 9, my_chat_member: { chat: { id: -100, type: 'supergroup', title: 'Ops' } } },
    ];
    expect(await discover(wish())).toMatchObject({
      status: 200,
      body: {
        bot_username: 'crew_bot',
        chats: [
          { chat_id: '7', name: 'Ada', type: 'private' },
          { chat_id: '-100', name: 'Ops', type: 'supergroup' },
        ],
        can_read_all_group_messages: false,
        privacy_warning: expect.stringContaining('Privacy mode'),
        hint: 'For groups: add bot and send a message. For DMs: send /start to the bot. Then retry.',
      },
    });
    expect(app.stub.calls.map(({ operation }) => operation)).toEqual([
      'telegram.getMe',
      'telegram.getWebhookInfo',
      'telegram.getUpdates',
    ]);
  });

  it('answers an empty list where nobody wrote', async () => {
    expect(await discover(wish())).toMatchObject({ status: 200, body: { chats: [] } });
  });

  it.each([
    ['no token', { bot_token: '' }, 400, 'bot_token is required'],
    ['no workspace', { workspace_id: '' }, 400, 'workspace_id is required'],
    ['an unknown type', { channel_type: 'irc' }, 400, 'unsupported channel_type'],
    ['a platform that cannot be asked', { channel_type: 'slack' }, 400, 'discovery not supported for slack'],
    [
      'a token of another form',
      { bot_token: 'xoxb-1' },
      400,
      'Invalid bot token. Check the token from @BotFather and try again.',
    ],
    [
      'an unknown token',
      { bot_token: `1:${'x'.repeat(30)}` },
      400,
      'Invalid bot token. Check the token from @BotFather and try again.',
    ],
  ])('refuses %s', async (_what, change, status, detail) => {
    expect(await discover({ ...wish(), ...change })).toMatchObject({ status, body: { detail } });
  });

  it('leaves a bot with a webhook alone', async () => {
    app.stub.telegramWebhook = 'https://elsewhere.example.com/hook';
    expect(await discover(wish())).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('already connected to another channel') },
    });
    expect(app.stub.telegramWebhook).toBe('https://elsewhere.example.com/hook');
  });

  it('answers 502 when Telegram cannot be reached', async () => {
    app.stub.decide = () => ({ hangUp: true });
    expect(await discover(wish())).toMatchObject({
      status: 502,
      body: { detail: 'Cannot reach Telegram API. Check your network connection and try again.' },
    });
  });

  it('is the instance administrator’s alone', async () => {
    const owner = await app.test.seed.workspace();
    expect([(await discover(wish(), null)).status, (await discover(wish(), owner)).status]).toEqual([401, 403]);
    expect(app.stub.calls).toEqual([]);
  });
});
