import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  type ChannelConfig,
  type ChatPlatform,
  type PlatformAddresses,
  type PlatformAnswer,
  type PlatformCall,
  type PostVerdict,
} from '#chat-platforms';
import { AppConfig } from '#config';
import { Egress } from '#egress';
import { AppError } from '#kernel';

const deadlineMs = 10_000;
const longestWaitMs = 5_000;

/** What became of a text at one target. */
export type TextVerdict =
  | { ok: true }
  /** `sent` counts the parts that went out before; `mayPass` says whether trying again may help. */
  | { ok: false; reason: string; mayPass: boolean; sent: number };

type Refusal = Extract<PostVerdict, { kind: 'refused' }>;

/** Calls of the chat platforms, within their deadline. What fails is said in our words: URLs and headers hold secrets. */
@Injectable()
export class PlatformCallsService {
  constructor(
    private readonly egress: Egress,
    private readonly config: AppConfig,
  ) {}

  /** Where the chat APIs are. */
  get addresses(): PlatformAddresses {
    const { telegramApiUrl, slackApiUrl } = this.config.channels;
    return { telegramApiUrl: telegramApiUrl.replace(/\/+$/, ''), slackApiUrl: slackApiUrl.replace(/\/+$/, '') };
  }

  /** Sends a text to one target, in parts, beginning with the part of the given number. */
  async sendText(
    platform: ChatPlatform,
    config: ChannelConfig,
    { target, text, from = 0 }: { target: string; text: string; from?: number },
  ): Promise<TextVerdict> {
    const parts = platform.partsOf(text);
    for (let sent = from; sent < parts.length; sent += 1) {
      const verdict = await this.#sendPart(platform, config, target, parts[sent] ?? '');
      if (verdict !== null) return { ok: false, reason: verdict.reason, mayPass: verdict.mayPass, sent };
    }
    return { ok: true };
  }

  /** One call of a platform. Null when the platform could not be reached, or not in time. */
  async ask(call: PlatformCall, purpose: string): Promise<PlatformAnswer | null> {
    try {
      const reply = await this.egress.request(call.url, {
        purpose,
        method: call.method,
        headers: { accept: 'application/json', ...call.headers },
        body: call.body === null ? undefined : JSON.stringify(call.body),
        deadlineMs,
      });
      return { status: reply.status, headers: Object.fromEntries(reply.headers), json: jsonOf(reply.text()) };
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  // Without its formatting once, and once more after the wait that the platform asks for.
  async #sendPart(
    platform: ChatPlatform,
    config: ChannelConfig,
    target: string,
    text: string,
  ): Promise<Refusal | null> {
    let verdict = await this.#post(platform, config, { target, text, formatted: true });
    const formatted = verdict.kind !== 'unformatted';
    if (!formatted) verdict = await this.#post(platform, config, { target, text, formatted });
    if (verdict.kind === 'later' && verdict.afterMs <= longestWaitMs) {
      await wait(verdict.afterMs);
      verdict = await this.#post(platform, config, { target, text, formatted });
    }
    if (verdict.kind === 'sent') return null;
    if (verdict.kind === 'refused') return verdict;
    return { kind: 'refused', reason: verdict.reason, mayPass: verdict.kind === 'later' };
  }

  async #post(
    platform: ChatPlatform,
    config: ChannelConfig,
    part: { target: string; text: string; formatted: boolean },
  ): Promise<PostVerdict> {
    const answer = await this.ask(platform.postOf(config, this.addresses, part), `channels.${platform.type}.send`);
    if (answer === null) return { kind: 'refused', reason: 'the platform could not be reached', mayPass: true };
    return platform.readAnswer(answer);
  }
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}
