import { defineErrors } from '#kernel';

/** What a request with an `Idempotency-Key` may be refused with. */
export const idempotencyErrors = defineErrors('idempotency', {
  keyInvalid: {
    kind: 'invalid',
    message: 'Idempotency-Key must be 1 to 255 printable ASCII characters, sent once; leave it out if you need none',
  },
  keyReused: {
    kind: 'unprocessable',
    message: 'This Idempotency-Key was sent with another body before; send that body again, or take a new key',
  },
  // The same where the contract knows no 422: in the agent console.
  keyTaken: {
    kind: 'conflict',
    message: 'This Idempotency-Key was sent with another body before; send that body again, or take a new key',
  },
  inProgress: {
    kind: 'conflict',
    message: 'A request with this Idempotency-Key is under way; send it again in a moment to get its answer',
  },
});
