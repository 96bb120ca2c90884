import { type HeaderNode, refTo } from './document-nodes.js';

const count = { type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647 };

/** The components under `headers`. */
export const sharedHeaders: Readonly<Record<string, HeaderNode>> = {
  'X-Request-Id': {
    description:
      'Id of the request: the caller’s own when it was well formed, which under `/api/v1/console` only UUIDs are. It finds ' +
      'the request in the log.',
    schema: { type: 'string', minLength: 8, maxLength: 128, pattern: '^[A-Za-z0-9._:-]+$' },
  },
  'X-RateLimit-Limit': {
    description: 'Requests that the client may send per minute. Absent where limits are switched off.',
    schema: { ...count },
  },
  'X-RateLimit-Remaining': { description: 'Requests that are left in this minute.', schema: { ...count } },
  'X-RateLimit-Reset': {
    description: 'Seconds until the minute is over; under `/api/v1/console` the Unix time of its end, in seconds.',
    schema: { type: 'integer', format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
  },
  'Access-Control-Allow-Origin': {
    description: 'The page’s origin, where this instance lists it in `CREWSHIP_ALLOWED_ORIGINS`; absent otherwise.',
    schema: { type: 'string', format: 'uri', maxLength: 2_048 },
  },
  'Retry-After': { description: 'Seconds to wait before the next try.', schema: { ...count } },
  'WWW-Authenticate': {
    description: 'Why the credentials were refused: `Bearer error="…"`.',
    schema: { type: 'string', maxLength: 256, pattern: '^Bearer error="[a-z_]+"$' },
  },
  'Idempotency-Replayed': {
    description: '`true` where the answer is that of an earlier request with this `Idempotency-Key`; absent otherwise.',
    schema: { type: 'string', enum: ['true'] },
  },
  'X-Total-Count': { description: 'Rows of the whole list.', schema: { ...count } },
  Link: {
    description: 'Neighbouring pages (RFC 8288): `first`, `prev`, `next` and `last`, as relative references.',
    schema: { type: 'string', maxLength: 16_384, pattern: '^[^\\u0000]*$' },
  },
};

const everywhere = [
  'Access-Control-Allow-Origin',
  'X-Request-Id',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
];

/** References to the headers that every answer has, and to the named ones. */
export function headersOf(more: readonly string[] = []): Record<string, HeaderNode> {
  return Object.fromEntries([...everywhere, ...more].map((name) => [name, refTo('headers', name)]));
}
