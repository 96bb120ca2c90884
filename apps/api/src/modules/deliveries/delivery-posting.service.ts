import { Injectable } from '@nestjs/common';
import { Egress } from '#egress';
import { AppError, Clock, type Secret } from '#kernel';
import { errorTextOf, isAboutMessage, readAnswer } from './answer-rules.js';
import type { Delivery, DeliveryProtocol } from './deliveries.types.js';
import { signatureOf } from './delivery-signature.js';
import { retryAfterMs } from './retry-rules.js';

const eventDeadlineMs = 10_000;
const messageDeadlineMs = 5 * 60_000;
const maxAnswerBytes = 10 * 1_048_576;
const keptCharacters = 65_536;

/** Where a delivery is posted to. */
export interface PostTarget {
  endpointId: string;
  url: string;
  protocol: DeliveryProtocol;
  secret: Secret;
}

/** What came of one attempt. */
export interface PostResult {
  /** `refused`: sending the same again is of no use. `gone`: nothing is to be sent there any more. */
  outcome: 'delivered' | 'failed' | 'refused' | 'gone';
  statusCode: number | null;
  /** A sentence for people; null when it was delivered. */
  error: string | null;
  answered: boolean;
  replyText: string | null;
  /** The beginning of the answer. */
  response: string | null;
  retryAfterMs: number | null;
  startedAt: Date;
  finishedAt: Date;
}

type Told = Omit<PostResult, 'startedAt' | 'finishedAt'>;

const untold: Told = {
  outcome: 'failed',
  statusCode: null,
  error: null,
  answered: false,
  replyText: null,
  response: null,
  retryAfterMs: null,
};

/** Posts deliveries. Knows nothing of the database; never throws for what the receiver does. */
@Injectable()
export class DeliveryPostingService {
  constructor(
    private readonly egress: Egress,
    private readonly clock: Clock,
  ) {}

  /** Makes one attempt. @throws the reason of the signal when that ends it. */
  async post(delivery: Delivery, target: PostTarget, signal: AbortSignal): Promise<PostResult> {
    const startedAt = this.clock.now();
    const told = await this.#attempt(delivery, target, startedAt, signal);
    return { ...told, startedAt, finishedAt: this.clock.now() };
  }

  async #attempt(delivery: Delivery, target: PostTarget, at: Date, signal: AbortSignal): Promise<Told> {
    const body = bodyOf(delivery, target.protocol);
    const timestamp = Math.floor(at.getTime() / 1_000);
    const send = this.egress.fetcher({
      purpose: 'delivery.post',
      deadlineMs: target.protocol === 'a2a' ? messageDeadlineMs : eventDeadlineMs,
      maxBytes: maxAnswerBytes,
    });
    let response: Response | null = null;
    try {
      response = await send(target.url, {
        method: 'POST',
        body,
        signal,
        // Handed over, never followed: the signature is for this address alone.
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'x-delivery-id': delivery.id,
          'x-delivery-timestamp': String(timestamp),
          'x-delivery-signature': signatureOf(target.secret, timestamp, body),
          'idempotency-key': delivery.id,
        },
      });
      return judge(response, await response.text(), target.protocol, at);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      return failureOf(error, response);
    }
  }
}

// PostgreSQL keeps neither NUL characters nor halves of surrogate pairs.
function excerptOf(text: string): string {
  return Buffer.from(text.slice(0, keptCharacters).replaceAll('\u0000', ''), 'utf8').toString('utf8');
}

function bodyOf(delivery: Delivery, protocol: DeliveryProtocol): string {
  if (protocol === 'a2a') return JSON.stringify(delivery.data);
  return JSON.stringify({
    id: delivery.id,
    type: delivery.type,
    workspace_id: delivery.workspaceId,
    agent_id: delivery.agentId,
    created_at: delivery.createdAt.toISOString(),
    attempt: delivery.attempts + 1,
    data: delivery.data,
  });
}

function judge(response: Response, text: string, protocol: DeliveryProtocol, now: Date): Told {
  const { status } = response;
  const told = { ...untold, statusCode: status, response: excerptOf(text) };
  if (status === 410) return { ...told, outcome: 'gone', error: 'the endpoint answered 410 Gone' };
  if (!response.ok) {
    const error =
      status >= 300 && status < 400
        ? `the endpoint answered with a redirect (${status}), which is not followed`
        : (errorTextOf(text) ?? `the endpoint answered ${status}`);
    return { ...told, error, retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now) };
  }
  const { answered, replyText, errorCode } = readAnswer(text);
  if (protocol === 'a2a' && errorCode !== null) {
    const outcome = isAboutMessage(errorCode) ? 'refused' : 'failed';
    return { ...told, outcome, error: `the agent answered with the JSON-RPC error ${errorCode}` };
  }
  return { ...told, outcome: 'delivered', answered, replyText: replyText === null ? null : excerptOf(replyText) };
}

function failureOf(error: unknown, response: Response | null): Told {
  if (!(error instanceof AppError)) throw error;
  // The message was taken; only what was said of it is too long to be read.
  if (response?.ok && error.code === 'egress.response_too_large') {
    return { ...untold, outcome: 'delivered', statusCode: response.status };
  }
  return { ...untold, statusCode: response?.status ?? null, error: error.message };
}
