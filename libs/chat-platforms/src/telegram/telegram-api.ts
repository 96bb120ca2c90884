import { z } from 'zod';
import type { JsonObject } from '#kernel';
import { jsonPost, type PlatformAnswer, type PlatformCall, type PostVerdict, verdictOfStatus } from '../outbound.js';

/** A call of the Bot API. The token stands in its URL. */
export function telegramCall(apiUrl: string, token: string, method: string, body: JsonObject): PlatformCall {
  return jsonPost(`${apiUrl}/bot${token}/${method}`, body);
}

const answerSchema = z.object({
  ok: z.boolean(),
  error_code: z.int().optional(),
  parameters: z.object({ retry_after: z.number().nonnegative().optional() }).optional(),
  result: z.unknown(),
});
const sentSchema = z.object({ message_id: z.int() });

/** What an answer of the Bot API to a message means. */
export function readTelegramAnswer({ status, headers, json }: PlatformAnswer): PostVerdict {
  const answer = answerSchema.safeParse(json).data;
  if (answer === undefined) {
    return status < 300
      ? { kind: 'refused', reason: 'the platform answered nothing readable', mayPass: true }
      : verdictOfStatus(status, headers);
  }
  if (answer.ok) {
    const id = sentSchema.safeParse(answer.result).data?.message_id;
    return { kind: 'sent', messageId: id === undefined ? null : String(id) };
  }
  const code = answer.error_code ?? status;
  if (code === 400)
    return { kind: 'unformatted', reason: 'the platform refused the message or does not know the chat' };
  const wait = answer.parameters?.retry_after;
  return verdictOfStatus(code, wait === undefined ? headers : { 'retry-after': String(wait) });
}

/** What the Bot API answered to a call for something else than a message. */
export type TelegramResult = { ok: true; result: unknown } | { ok: false; code: number };

/** Reads any answer of the Bot API. */
export function readTelegramResult({ status, json }: PlatformAnswer): TelegramResult {
  const answer = answerSchema.safeParse(json).data;
  if (answer?.ok === true) return { ok: true, result: answer.result };
  return { ok: false, code: answer?.error_code ?? status };
}
