import { AppError, defineErrors } from '#kernel';

/** What can go wrong with an outbound call. No sentence carries an address, a header or the upstream's words. */
export const egressErrors = defineErrors('egress', {
  urlNotAllowed: {
    kind: 'unprocessable',
    message:
      'The address is not allowed for outbound requests. Use a public https address, or ask an operator to allow the host with EGRESS_ALLOW',
  },
  headerNotAllowed: {
    kind: 'unprocessable',
    message: 'A header of the outbound request cannot be set: {reason}',
  },
  tooManyRedirects: { kind: 'upstream', message: 'The server redirected more than {max} times' },
  redirectRefused: {
    kind: 'upstream',
    message: 'The server answered with a redirect, which is not followed. Use the final address',
  },
  deadlineExceeded: { kind: 'timeout', message: 'The server did not answer within {seconds} s' },
  responseTooLarge: { kind: 'upstream', message: 'The answer of the server is larger than {maxBytes} bytes' },
  connectionFailed: { kind: 'upstream', message: 'Connection failed: {reason}' },
  unreadableAnswer: { kind: 'upstream', message: 'The server did not answer with JSON' },
});

/** Which rule an address broke. */
export type RefusalRule = 'malformed' | 'scheme' | 'userinfo' | 'host' | 'address' | 'plain_http';

/** Why an address is not allowed. The reason is for whoever typed the address; it never holds a resolved address. */
export interface Refusal {
  rule: RefusalRule;
  /** Short and without a full stop, such as `localhost not allowed`. */
  reason: string;
}

/** Why plain http was refused. */
export const plainHttp: Refusal = {
  rule: 'plain_http',
  reason: 'plain http is allowed only to hosts in EGRESS_ALLOW',
};

/** The error of a refused call: one sentence for every reason, the reason itself only in `details`. */
export function refused(refusal: Refusal): AppError {
  return egressErrors.urlNotAllowed({ details: { ...refusal } });
}

const rules: ReadonlySet<string> = new Set<RefusalRule>([
  'malformed',
  'scheme',
  'userinfo',
  'host',
  'address',
  'plain_http',
]);

/** The refusal inside an error that a blocked call threw, or null for any other error. */
export function findRefusal(error: unknown): Refusal | null {
  if (!(error instanceof AppError) || error.code !== 'egress.url_not_allowed') return null;
  const { rule, reason } = error.details;
  return isRule(rule) && typeof reason === 'string' ? { rule, reason } : null;
}

function isRule(value: unknown): value is RefusalRule {
  return typeof value === 'string' && rules.has(value);
}
