import type { OutgoingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import type { RecordedAnswer } from './idempotency.types.js';

/**
 * Shows the answer to `settle` before its first byte leaves, whoever makes it: the handler, or the filter that answers
 * errors. An answer in pieces is not shown.
 */
export function captureAnswer(response: Response, settle: (answer: RecordedAnswer) => Promise<void>): void {
  const before = response.getHeaders();
  const end = response.end;
  response.end = ((...args: Parameters<typeof end>) => {
    response.end = end;
    if (response.headersSent) return response.end(...args);
    const answer = { status: response.statusCode, headers: headersSince(before, response), body: bytesOf(args) };
    const send = () => response.end(...args);
    settle(answer).then(send, send);
    return response;
  }) as typeof end;
}

// What stood there before belongs to the request: its id, its limits. The length follows from the body.
function headersSince(before: OutgoingHttpHeaders, response: Response): Record<string, string | string[]> {
  const own = Object.entries(response.getHeaders()).filter(
    ([name, value]) => name !== 'content-length' && value !== undefined && value !== before[name],
  );
  return Object.fromEntries(own.map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]));
}

function bytesOf([chunk, encoding]: readonly unknown[]): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding === 'latin1' ? 'latin1' : 'utf8');
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.alloc(0);
}
