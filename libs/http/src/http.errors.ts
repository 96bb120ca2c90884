import { defineErrors } from '#kernel';

/** Errors of the HTTP layer itself. */
export const httpErrors = defineErrors('http', {
  invalidJson: { kind: 'invalid', message: '{reason}' },
  invalidBody: { kind: 'invalid', message: '{reason}' },
  invalidQuery: { kind: 'invalid', message: '{reason}' },
  unknownMembers: { kind: 'invalid', message: 'The body has members that this operation does not know: {names}' },
  bodyTooLarge: { kind: 'too_large', message: 'Request body too large: at most {most} MB is accepted' },
  badRequest: { kind: 'invalid', message: '{reason}' },
  routeNotFound: { kind: 'not_found', message: 'There is nothing at this path' },
  hidden: { kind: 'not_found', message: 'Not Found' },
  methodNotAllowed: { kind: 'method_not_allowed', message: 'This path does not support {method}; it allows {allowed}' },
  originNotAllowed: { kind: 'forbidden', message: 'request origin not allowed' },
  rateLimited: { kind: 'rate_limited', message: 'Too many requests' },
  internal: { kind: 'internal', message: 'Internal server error' },
});
