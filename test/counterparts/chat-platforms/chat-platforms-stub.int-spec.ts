import { ErrorCode, WebClient } from '@slack/web-api';
import { IncomingWebhook } from '@slack/webhook';
import { Api, GrammyError } from 'grammy';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChatPlatformsStub } from './chat-platforms-stub.js';

describe('the platforms on loopback, by their own clients', () => {
  let stub: ChatPlatformsStub;

  beforeAll(async () => {
    stub = await ChatPlatformsStub.start();
  });
  beforeEach(() => stub.reset());
  afterAll(() => stub.close());

  const bot = (token = stub.telegramToken) => new Api(token, { apiRoot: stub.url });
  const web = (token = stub.slackToken) =>
    new WebClient(token, { slackApiUrl: `${stub.url}/slack-api/`, retryConfig: { retries: 0 } });

  it('is Telegram to grammY: who the bot is, sending, webhooks and updates', async () => {
    stub.telegramUpdates = [
      {
        update_id: 1,
        message: { message_id: 1, date: 1, chat: { id: 7, type: 'private', first_name: 'A' }, text: 'x' },
      },
    ];
    expect(await bot().getMe()).toMatchObject({ is_bot: true, username: 'crew_bot' });
    expect(await bot().sendMessage(7, 'hello', { parse_mode: 'Markdown' })).toMatchObject({ text: 'hello' });
    expect((await bot().getUpdates({ limit: 100 })).map(({ update_id }) => update_id)).toEqual([1]);
    await bot().setWebhook('https://crewship.example.com/hook', { secret_token: 'abcdefgh' });
    expect((await bot().getWebhookInfo()).url).toBe('https://crewship.example.com/hook');
  });

  it('refuses as Telegram does, in the form that grammY takes for its error', async () => {
    await bot().setWebhook('https://crewship.example.com/hook');
    const refusals = await Promise.allSettled([bot('1:unknown').getMe(), bot().getUpdates()]);
    const codes = refusals.map((each) =>
      each.status === 'rejected' && each.reason instanceof GrammyError ? each.reason.error_code : null,
    );
    expect(codes).toEqual([401, 409]);
  });

  it('is Slack to its own clients: a post that works, one that is refused, and an incoming webhook', async () => {
    const posted = await web().chat.postMessage({ channel: 'C1', text: 'hello' });
    expect(posted).toMatchObject({ ok: true, channel: 'C1', message: { text: 'hello' } });
    await expect(web('xoxb-wrong').chat.postMessage({ channel: 'C1', text: 'hello' })).rejects.toMatchObject({
      code: ErrorCode.PlatformError,
      data: { ok: false, error: 'invalid_auth' },
    });
    const hook = new IncomingWebhook(`${stub.url}/services/T/B/x`);
    expect(await hook.send({ text: 'hello' })).toEqual({ text: 'ok' });
  });
});
