// The chat platforms on loopback, as far as the product uses them: Telegram's Bot API, Slack's Web API and the incoming
// webhooks of Slack, Discord and Lark. The shapes are those that the platforms' own clients accept: see the spec beside it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that the stub got. */
export interface PlatformStubCall {
  /** `telegram.sendMessage`, `slack.chat.postMessage`, `slack.webhook`, `discord.webhook`, `lark.webhook`. */
  operation: string;
  method: string;
  path: string;
  headers: NodeJS.Dict<string | string[]>;
  body: Record<string, unknown>;
}

/** What a call meets instead of the usual answer. */
export interface PlatformStubFault {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Closes the connection instead of answering. */
  hangUp?: boolean;
}

interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Decides on one call, which waits for that; null: the usual answer. */
export type StubDecision = (call: PlatformStubCall) => PlatformStubFault | null | Promise<PlatformStubFault | null>;

/** One running stub. */
export class ChatPlatformsStub {
  /** Every call so far, refused ones included. */
  readonly calls: PlatformStubCall[] = [];
  /** The bot that Telegram knows; calls with another token are unauthorized. */
  telegramToken = '123456789:AAtelegram-token-of-the-test-0123456';
  /** The token that Slack knows. */
  slackToken = 'xoxb-slack-token-of-the-test-0123456789';
  /** Where Telegram sends updates; `""`: they are fetched. */
  telegramWebhook = '';
  /** Updates that nobody took. */
  telegramUpdates: object[] = [];
  /** The chat that Discord says a webhook belongs to. */
  discordChat = 'D100';
  decide: StubDecision = () => null;
  #serial = 0;
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch(() => response.destroy());
  });

  static async start(): Promise<ChatPlatformsStub> {
    const stub = new ChatPlatformsStub();
    stub.#server.listen(0, '127.0.0.1');
    await once(stub.#server, 'listening');
    return stub;
  }

  /** `http://127.0.0.1:<port>` */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The calls of an operation. */
  callsOf(operation: string): PlatformStubCall[] {
    return this.calls.filter((call) => call.operation === operation);
  }

  /** Forgets what was called and decides nothing. */
  reset(): void {
    this.calls.length = 0;
    this.decide = () => null;
    this.telegramWebhook = '';
    this.telegramUpdates = [];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request);
    this.calls.push(call);
    const fault = await this.decide(call);
    if (fault?.hangUp) {
      response.destroy();
      return;
    }
    const usual = this.#usual(call);
    const { status, body } = fault ? { status: fault.status ?? 200, body: fault.body ?? {} } : usual;
    const text = typeof body === 'string';
    const headers = { 'content-type': text ? 'text/plain' : 'application/json', ...usual.headers, ...fault?.headers };
    response.writeHead(status, headers).end(text ? body : body === null ? undefined : JSON.stringify(body));
  }

  #usual(call: PlatformStubCall): Reply {
    const [platform] = call.operation.split('.', 1);
    if (platform === 'telegram') return this.#telegram(call);
    if (call.operation.startsWith('slack.') && call.operation !== 'slack.webhook') return this.#slack(call);
    if (call.operation === 'slack.webhook') return { status: 200, body: 'ok' };
    if (call.operation === 'lark.webhook') return { status: 200, body: { code: 0, msg: 'success', data: {} } };
    if (call.method === 'GET') {
      return { status: 200, body: { id: '1', type: 1, channel_id: this.discordChat, guild_id: 'G1', name: 'hook' } };
    }
    return { status: 204, body: null };
  }

  #telegram({ operation, path, body }: PlatformStubCall): Reply {
    if (!path.startsWith(`/bot${this.telegramToken}/`)) return telegramError(401, 'Unauthorized');
    switch (operation) {
      case 'telegram.getMe':
        return telegramOk({
          id: 123456789,
          is_bot: true,
          first_name: 'Crew',
          username: 'crew_bot',
          can_join_groups: true,
          can_read_all_group_messages: false,
          supports_inline_queries: false,
        });
      case 'telegram.getWebhookInfo':
        return telegramOk({ url: this.telegramWebhook, has_custom_certificate: false, pending_update_count: 0 });
      case 'telegram.setWebhook':
        this.telegramWebhook = String(body.url);
        return telegramOk(true);
      case 'telegram.setMyCommands':
        return telegramOk(true);
      case 'telegram.getUpdates':
        if (this.telegramWebhook !== '') {
          return telegramError(409, "Conflict: can't use getUpdates method while webhook is active");
        }
        return telegramOk(this.telegramUpdates);
      case 'telegram.sendMessage':
        this.#serial += 1;
        return telegramOk({
          message_id: this.#serial,
          date: 1_700_000_000,
          chat: { id: Number(body.chat_id), type: 'private', first_name: 'Ada' },
          text: body.text,
        });
      default:
        return telegramError(404, 'Not Found');
    }
  }

  #slack({ operation, headers, body }: PlatformStubCall): Reply {
    const token = headers.authorization ?? `Bearer ${String(body.token)}`;
    if (token !== `Bearer ${this.slackToken}`) return { status: 200, body: { ok: false, error: 'invalid_auth' } };
    if (operation !== 'slack.chat.postMessage') return { status: 200, body: { ok: false, error: 'unknown_method' } };
    this.#serial += 1;
    const ts = `1700000000.${String(this.#serial).padStart(6, '0')}`;
    return {
      status: 200,
      body: { ok: true, channel: body.channel, ts, message: { type: 'message', text: body.text, ts } },
    };
  }
}

async function readCall(request: IncomingMessage): Promise<PlatformStubCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const path = request.url ?? '';
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const body = isForm ? Object.fromEntries(new URLSearchParams(text)) : parsed(text);
  return { operation: operationOf(path), method: request.method ?? '', path, headers: request.headers, body };
}

function parsed(text: string): Record<string, unknown> {
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function operationOf(path: string): string {
  const telegram = /^\/bot[^/]+\/(\w+)$/.exec(path)?.[1];
  if (telegram) return `telegram.${telegram}`;
  const slack = /^\/slack-api\/([\w.]+)/.exec(path)?.[1];
  if (slack) return `slack.${slack}`;
  if (path.startsWith('/services/')) return 'slack.webhook';
  return path.startsWith('/open-apis/') ? 'lark.webhook' : 'discord.webhook';
}

function telegramOk(result: unknown): Reply {
  return { status: 200, body: { ok: true, result } };
}

function telegramError(code: number, description: string): Reply {
  return { status: code, body: { ok: false, error_code: code, description } };
}
