import { z } from 'zod';
import { type PlatformAnswer, type PostVerdict, verdictOfStatus } from '../outbound.js';

const answerSchema = z.object({ ok: z.boolean(), error: z.string().optional(), ts: z.string().optional() });
const passing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** What an answer of the Web API or of an incoming webhook means. The Web API says `ok: false` with status 200. */
export function readSlackAnswer({ status, headers, json }: PlatformAnswer): PostVerdict {
  if (status !== 200) return verdictOfStatus(status, headers);
  const answer = answerSchema.safeParse(json).data;
  // An incoming webhook answers the plain text `ok`.
  if (answer === undefined || answer.ok) return { kind: 'sent', messageId: answer?.ts ?? null };
  const code = answer.error ?? '';
  if (code === 'ratelimited' || code === 'rate_limited') return verdictOfStatus(429, headers);
  // Slack's own codes are words of a fixed list; anything else is not repeated.
  const named = /^[a-z0-9_]{1,60}$/.test(code) ? ` (${code})` : '';
  return { kind: 'refused', reason: `the platform refused the message${named}`, mayPass: passing.has(code) };
}
