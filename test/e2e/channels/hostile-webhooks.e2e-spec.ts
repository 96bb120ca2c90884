import { createCipheriv, createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { ChannelsApp, secrets } from './channels-app.fixture.js';
import { discordCommand, larkMessage, slackMessage, telegramMessage } from './inbound-messages.fixture.js';

describe('row 40: webhooks of others', () => {
  let app: ChannelsApp;
  let owner: SeededMember;

  beforeAll(async () => {
    app = await ChannelsApp.start();
    owner = await app.test.seed.workspace();
    for (const type of ['telegram', 'slack', 'discord', 'lark'] as const) await app.channel(owner, type);
  });
  afterAll(() => app.close());

  const messages = () =>
    app.test.prisma.client.delivery.count({ where: { workspaceId: owner.workspaceId, type: 'agent.message' } });
  const withoutId = ({
    status,
    body: { request_id: _, instance: __, ...body },
  }: {
    status: number;
    body: Record<string, unknown>;
  }) => ({ status, body });

  it('row 40: refuses without saying why, the same for every platform and every reason', async () => {
    const before = await messages();
    const old = app.seconds(-600);
    const message = slackMessage('injected');
    const answers = [
      await app.telegram(telegramMessage('x'), 'another-secret'),
      await app.telegram(telegramMessage('x'), ''),
      await app.post('telegram', JSON.stringify(telegramMessage('x'))),
      await app.post('telegram', 'not json'),
      await app.slack(message, { secret: 'another-secret' }),
      await app.slack(message, { time: old }),
      await app.slack(message, { time: app.seconds(600) }),
      await app.slack(message, { time: 'now' }),
      await app.slack(message, { headers: { 'x-slack-signature': 'v0=abcd' } }),
      await app.slack(message, { headers: { 'x-slack-signature': `v0=${'a'.repeat(10_000)}` } }),
      await app.slack(message, { headers: { 'x-slack-signature': '' } }),
      await app.slack(message, { query: '?channel=nobody' }),
      await app.slack(JSON.stringify({ type: 'url_verification', challenge: 'x' }), { secret: 'another-secret' }),
      await app.post('slack', message),
      await app.discord(discordCommand('x'), { time: old }),
      await app.post('discord', JSON.stringify({ type: 1 })),
      await app.post('discord', JSON.stringify({ type: 1 }), {
        'x-signature-ed25519': 'zz',
        'x-signature-timestamp': app.seconds(),
      }),
      await app.post('discord', JSON.stringify({ type: 1 }), {
        'x-signature-ed25519': 'ab'.repeat(64),
        'x-signature-timestamp': app.seconds(),
      }),
      await app.post('lark', JSON.stringify(larkMessage('x', 'another-token'))),
      await app.post('lark', JSON.stringify({ type: 'url_verification', challenge: 'x', token: '' })),
      await app.post('lark', '[]'),
    ];
    const first = answers[0] as (typeof answers)[number];
    expect(withoutId(first)).toMatchObject({ status: 401, body: { detail: 'invalid signature' } });
    expect(answers.map(withoutId)).toEqual(answers.map(() => withoutId(first)));
    expect(await messages()).toBe(before);
  });

  it('row 40: tells an application that is known of a chat that no channel has, and nobody else', async () => {
    const before = await messages();
    const elsewhere = slackMessage('x', { channel: 'C999' });
    expect(await app.slack(elsewhere)).toMatchObject({ status: 200, body: { status: 'no_channel' } });
    expect((await app.slack(elsewhere, { secret: 'another' })).status).toBe(401);
    expect(await messages()).toBe(before);
  });

  it('row 40: says of what is no JSON that it cannot be read, where the proof would stand in it', async () => {
    const answer = await app.post('lark', '{"header":');
    expect([answer.status, answer.body.detail]).toEqual([400, 'webhook parse failed']);
  });

  it('row 40: refuses a body that was written anew after it was signed', async () => {
    const body = slackMessage('signed');
    const spaced = JSON.stringify(JSON.parse(body), null, 1);
    const { createHmac } = await import('node:crypto');
    const time = app.seconds();
    const signature = `v0=${createHmac('sha256', secrets.slackSigning).update(`v0:${time}:${body}`).digest('hex')}`;
    const headers = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': time,
      'x-slack-signature': signature,
    };
    expect((await app.post('slack', spaced, headers)).status).toBe(401);
    expect((await app.post('slack', body, headers)).status).toBe(200);
  });

  it('row 40: takes a replay for what it is, within the five minutes and with a fresh time', async () => {
    const before = await messages();
    const body = slackMessage('replayed');
    await app.slack(body);
    await app.slack(body);
    await app.slack(body, { time: app.seconds(60) });
    const command = discordCommand('again', { id: 'one-interaction' });
    await app.discord(command);
    await app.discord(command);
    expect(await messages()).toBe(before + 2);
  });

  it('row 40: knows no other type, whatever is sent there', async () => {
    for (const type of ['irc', 'Telegram', 'constructor', '__proto__', 'x'.repeat(500)]) {
      expect(await app.post(type, '{}')).toMatchObject({ status: 404, body: { detail: 'unknown channel type' } });
    }
  });

  it('row 40: answers 413 to 2 MB before anything of it is read', async () => {
    const big = 'x'.repeat(2 * 1_048_576);
    for (const type of ['telegram', 'slack', 'discord', 'lark', 'github'])
      expect((await app.post(type, big)).status).toBe(413);
  });

  it('row 40: answers 400 to what the platform signed but nobody can read', async () => {
    const answers = [
      await app.slack('not json'),
      await app.post('telegram', '{"update_id":"one"}', { 'x-telegram-bot-api-secret-token': secrets.telegramWebhook }),
    ];
    expect(answers.map(withoutId)).toEqual(
      answers.map(() =>
        expect.objectContaining({ status: 400, body: expect.objectContaining({ detail: 'webhook parse failed' }) }),
      ),
    );
  });

  it('row 40: lets nobody in by the id of a channel or a chat alone', async () => {
    const other = await app.test.seed.workspace();
    const config = { ...app.configOf('slack'), signing_secret: 'secret-of-another-tenant' };
    const theirs = await app.channel(other, 'slack', { config });
    const before = await messages();
    await app.slack(slackMessage('for whom'), { secret: 'secret-of-another-tenant' });
    expect(await messages()).toBe(before);
    expect((await app.slack(slackMessage('x'), { query: `?channel=${theirs}` })).status).toBe(401);
    expect(await app.delivered(other.workspaceId)).toHaveLength(1);
  });

  it('row 40: takes Lark’s encrypted events only with their signature, and no plain ones beside them', async () => {
    const one = await app.test.seed.workspace();
    const id = await app.channel(one, 'lark', {
      config: { webhook_url: secrets.larkHook, verify_token: 'token-of-one', encrypt_key: secrets.larkEncrypt },
    });
    const encrypted = (event: object) => {
      const cipher = createCipheriv(
        'aes-256-cbc',
        createHash('sha256').update(secrets.larkEncrypt).digest(),
        Buffer.alloc(16, 7),
      );
      const sealed = Buffer.concat([Buffer.alloc(16, 7), cipher.update(JSON.stringify(event)), cipher.final()]);
      return JSON.stringify({ encrypt: sealed.toString('base64') });
    };
    const post = (body: string, time: string, key: string = secrets.larkEncrypt) => {
      const signature = createHash('sha256').update(`${time}nonce${key}${body}`).digest('hex');
      const headers = {
        'x-lark-signature': signature,
        'x-lark-request-timestamp': time,
        'x-lark-request-nonce': 'nonce',
      };
      return app.post(`lark?channel=${id}`, body, headers);
    };
    const body = encrypted(larkMessage('sealed', 'token-of-one'));
    expect((await post(body, app.seconds())).body).toEqual({ status: 'accepted' });
    expect((await post(body, app.seconds(-600))).status).toBe(401);
    expect((await post(body, app.seconds(), 'another-key')).status).toBe(401);
    expect((await app.post(`lark?channel=${id}`, body)).status).toBe(401);
    expect((await app.post(`lark?channel=${id}`, JSON.stringify(larkMessage('plain', 'token-of-one')))).status).toBe(
      401,
    );
    const greeting = encrypted({ type: 'url_verification', challenge: 'abc', token: 'token-of-one' });
    expect((await app.post(`lark?channel=${id}`, greeting)).text).toBe('{"challenge":"abc"}');
  });
});
