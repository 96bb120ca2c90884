import { defineErrors } from '#kernel';

/** Errors of streams. */
export const eventStreamErrors = defineErrors('event_stream', {
  tooMany: { kind: 'rate_limited', message: 'You have {most} streams open already; close one first' },
  full: { kind: 'unavailable', message: 'This server has no room for another stream; try again later' },
  invalidMessage: { kind: 'invalid', message: '{what}' },
  tokenRefused: { kind: 'unauthenticated', message: 'The token is not valid, or not any more' },
  tooManySubscriptions: { kind: 'rate_limited', message: 'A connection has at most {most} subscriptions' },
  notSubscribed: { kind: 'not_found', message: 'There is no subscription to this workspace' },
});
