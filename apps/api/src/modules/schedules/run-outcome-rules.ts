import { unreachable } from '#kernel';
import type { DeliveryOutcome } from '../deliveries/deliveries.types.js';

/** How a run ended, and how many runs in a row were answered with nothing. */
export interface Verdict {
  status: 'ok' | 'error' | 'stale';
  error: string;
  emptyRuns: number;
}

const staleFrom = 3;
const longestAnswer = 500;
const longestReason = 2_000;

/**
 * How a delivery's end reads as the end of a run. `emptyRuns` is what the schedule had before; failures leave it as it is,
 * and so does a message that was acknowledged without anything that could be empty.
 */
export function verdictOf(
  outcome: Pick<DeliveryOutcome, 'status' | 'error' | 'replyText' | 'responseBody'>,
  emptyRuns: number,
): Verdict {
  switch (outcome.status) {
    case 'delivered':
    case 'acknowledged':
      return answered(outcome, emptyRuns);
    case 'no_endpoint':
      return { status: 'error', error: 'no delivery endpoint', emptyRuns };
    case 'cancelled':
      return { status: 'error', error: 'cancelled', emptyRuns };
    case 'dead':
      return { status: 'error', error: reasonOf(outcome.error), emptyRuns };
    default:
      return unreachable(outcome.status);
  }
}

/** The beginning of an answer; null when it says nothing. */
export function excerptOf(text: string | null): string | null {
  if (text === null || saysNothing(text)) return null;
  const characters = Array.from(text);
  return characters.length <= longestAnswer ? text : `${characters.slice(0, longestAnswer - 3).join('')}...`;
}

function answered(
  { replyText, responseBody }: Pick<DeliveryOutcome, 'replyText' | 'responseBody'>,
  emptyRuns: number,
): Verdict {
  const told = responseBody ?? replyText;
  if (told === null) return { status: 'ok', error: '', emptyRuns };
  if (!saysNothing(told)) return { status: 'ok', error: '', emptyRuns: 0 };
  const count = emptyRuns + 1;
  if (count < staleFrom) return { status: 'ok', error: '', emptyRuns: count };
  const error = `empty response ${count} consecutive times — agent may be phantom-producing (#795)`;
  return { status: 'stale', error, emptyRuns: count };
}

function reasonOf(error: string | null): string {
  return error?.slice(0, longestReason) ?? 'the message could not be delivered';
}

const nothings = ['(no response generated)', '"text":""', '"text": ""'];

function saysNothing(text: string): boolean {
  return text.trim() === '' || nothings.some((nothing) => text.includes(nothing));
}
