import { z } from 'zod';
import { Secret } from '#kernel';
import type { RecordedAnswer } from './idempotency.types.js';

const schema = z.object({
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.string(),
});

/** Headers and body as one text to be sealed. */
export function packAnswer({ headers, body }: RecordedAnswer): Secret {
  return new Secret(JSON.stringify({ headers, body: body.toString('base64') } satisfies z.infer<typeof schema>));
}

/** The answer that {@link packAnswer} made a text of. */
export function unpackAnswer(status: number, packed: Secret): RecordedAnswer {
  const { headers, body } = schema.parse(JSON.parse(packed.reveal()));
  return { status, headers, body: Buffer.from(body, 'base64') };
}

/**
 * Whether an answer is given again. What was refused before anything was done is not: credentials, role, body and limits
 * (400, 401, 403, 413, 429) are put right and sent again, 503 says that nothing was changed, and `Retry-After` asks for the
 * same request once more.
 */
export function isKept({ status, headers }: Pick<RecordedAnswer, 'status' | 'headers'>): boolean {
  return ![400, 401, 403, 413, 429, 503].includes(status) && headers['retry-after'] === undefined;
}
