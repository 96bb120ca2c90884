import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { Egress } from '#egress';
import { tokenHash } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { tokenBytes, tokenText } from '../../../apps/api/src/modules/workspace-tokens/token-text.js';
import { ChatPlatformsStub } from '../../counterparts/chat-platforms/chat-platforms-stub.js';

/** An Ed25519 pair as an application at Discord has one. */
export const discordApplication = (() => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { publicKey: raw.toString('hex'), privateKey };
})();

/** Secrets of the channels: none may appear anywhere outside. */
export const secrets = {
  telegramWebhook: 'telegram-webhook-secret-canary',
  slackSigning: 'slack-signing-secret-canary',
  slackHook: 'https://hooks.slack.com/services/T000/B000/slackhookcanary',
  discordHook: 'https://discord.com/api/webhooks/100/discord-hook-canary',
  larkHook: 'https://open.larksuite.com/open-apis/bot/v2/hook/lark-hook-canary',
  larkToken: 'lark-verify-token-canary',
  larkEncrypt: 'lark-encrypt-key-canary',
  github: 'github-webhook-secret-canary',
} as const;

const hooks = /^https:\/\/(discord\.com|hooks\.slack\.com|open\.larksuite\.com|open\.feishu\.cn)/;

/** The application with the platforms on loopback: the same requests, sent to a stub. */
export class ChannelsApp {
  private constructor(
    readonly test: TestApp,
    readonly stub: ChatPlatformsStub,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<ChannelsApp> {
    const stub = await ChatPlatformsStub.start();
    const test = await startTestApp({
      env: {
        EGRESS_ALLOW: '127.0.0.1',
        TELEGRAM_API_URL: stub.url,
        SLACK_API_URL: `${stub.url}/slack-api`,
        GITHUB_WEBHOOK_SECRET: secrets.github,
        ADMIN_TOKEN: 'admin-token-of-the-test',
        PUBLIC_URL: 'https://crewship.example.com',
        ...env,
      },
    });
    const egress = test.app.get(Egress, { strict: false });
    const request = egress.request.bind(egress);
    egress.request = (url, options) => request(url.replace(hooks, stub.url), options);
    return new ChannelsApp(test, stub);
  }

  async close(): Promise<void> {
    await this.test.close();
    await this.stub.close();
  }

  /** A configuration that works, by type. */
  configOf(type: 'telegram' | 'slack' | 'discord' | 'lark'): Record<string, string> {
    const configs = {
      telegram: { bot_token: this.stub.telegramToken, chat_id: '7', webhook_secret: secrets.telegramWebhook },
      slack: { bot_token: this.stub.slackToken, channel_id: 'C1', signing_secret: secrets.slackSigning },
      discord: { webhook_url: secrets.discordHook, public_key: discordApplication.publicKey },
      lark: { webhook_url: secrets.larkHook, verify_token: secrets.larkToken },
    };
    return { ...configs[type] };
  }

  /** Calls as somebody; the body as JSON. */
  async call(caller: { token: string } | null, method: string, path: string, json?: unknown) {
    const response = await this.test.call(path, { method, ...(caller && { token: caller.token }), json });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>, text };
  }

  /** Path of a workspace's channels, or below. */
  path({ workspaceId }: { workspaceId: string }, rest = ''): string {
    return `/api/v1/workspaces/${workspaceId}/channels${rest}`;
  }

  /** A token of a workspace with these scopes. */
  async workspaceToken(workspaceId: string, scopes: string[]): Promise<{ token: string }> {
    const token = tokenText('workspace', randomBytes(tokenBytes));
    await this.test.seed.teamKey(workspaceId, { kind: 'workspace', tokenHash: tokenHash(token), scopes });
    return { token };
  }

  /** Makes a channel and answers its id. */
  async channel(owner: SeededMember, channel_type: 'telegram' | 'slack' | 'discord' | 'lark', more: object = {}) {
    const body = { channel_type, config: this.configOf(channel_type), ...more };
    const made = await this.call(owner, 'POST', this.path(owner), body);
    if (made.status !== 201) throw new Error(`no channel: ${made.text}`);
    return String(made.body.id);
  }

  /** The lines of a channel's log, newest first. */
  async log(owner: SeededMember, id: string): Promise<Record<string, unknown>[]> {
    const { body } = await this.call(owner, 'GET', this.path(owner, `/${id}/messages`));
    return body as unknown as Record<string, unknown>[];
  }

  /** Agent messages that wait for a workspace's agents, oldest first. */
  async delivered(
    workspaceId: string,
  ): Promise<
    { params: { message: { parts: { text: string }[]; messageId: string }; metadata: Record<string, unknown> } }[]
  > {
    const rows = await this.test.prisma.client.delivery.findMany({
      where: { workspaceId, type: 'agent.message' },
      orderBy: { seq: 'asc' },
    });
    return rows.map(({ data }) => data as never);
  }

  /** Seconds of the application's clock. */
  seconds(shift = 0): string {
    return String(Math.floor(this.test.clock.now().getTime() / 1_000) + shift);
  }

  /** Sends bytes to a webhook. */
  async post(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
    const bytes = typeof body === 'string' ? body : new Uint8Array(body);
    const response = await this.test.call(`/api/v1/webhooks/${path}`, { method: 'POST', body: bytes, headers });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text) as Record<string, unknown>, text };
  }

  telegram(update: object, secret: string = secrets.telegramWebhook) {
    return this.post('telegram', JSON.stringify(update), { 'x-telegram-bot-api-secret-token': secret });
  }

  slack(
    body: string,
    options: { time?: string; secret?: string; headers?: Record<string, string>; query?: string } = {},
  ) {
    const { time = this.seconds(), secret = secrets.slackSigning, headers, query = '' } = options;
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`;
    const given = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': time,
      'x-slack-signature': signature,
    };
    return this.post(`slack${query}`, body, { ...given, ...headers });
  }

  discord(interaction: object, options: { time?: string; query?: string } = {}) {
    const { time = this.seconds(), query = '' } = options;
    const body = JSON.stringify(interaction);
    const signature = sign(null, Buffer.from(`${time}${body}`), discordApplication.privateKey).toString('hex');
    return this.post(`discord${query}`, body, { 'x-signature-ed25519': signature, 'x-signature-timestamp': time });
  }

  github(event: string, payload: object, path = 'github', secret: string = secrets.github) {
    const body = JSON.stringify(payload);
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    return this.post(path, body, { 'x-hub-signature-256': signature, 'x-github-event': event });
  }
}
