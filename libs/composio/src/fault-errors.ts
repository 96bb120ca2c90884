import { AppError } from '#kernel';
import { type ComposioFault, type ComposioOperation, composioErrors } from './composio.errors.js';

/** An answer of Composio that is not a success. */
export interface RefusedAnswer {
  status: number;
  /** Its own words, cleaned; may be empty. */
  words: string;
}

/** The error of an answer whose status is not 2xx. */
export function refusalError(operation: ComposioOperation, { status, words }: RefusedAnswer): AppError {
  const params = { operation, status, words: words === '' ? '' : `: ${words}` };
  const details = (fault: ComposioFault) => ({ fault, operation, status });
  if (status === 401 || status === 403) {
    return composioErrors.keyRejected({ params, details: details('key_rejected') });
  }
  if (status === 429) return composioErrors.rateLimited({ params, details: details('rate_limited') });
  if (status >= 500) return composioErrors.upstreamError({ params, details: details('upstream_error') });
  return composioErrors.requestRejected({
    params: { ...params, advice: adviceFor(operation, status) },
    details: details('request_rejected'),
  });
}

/** The error of a call that got no answer. `causes` hold what the egress library said of it, if it said anything. */
export function failureError(operation: ComposioOperation, error: unknown, timedOut: boolean): AppError {
  const own = causesOf(error).find((cause) => cause instanceof AppError);
  if (timedOut || own?.kind === 'timeout') return unreachable(operation, 'timeout', 'request timed out', own);
  // Other words than our own may quote the request, and with it the key.
  const reason = own instanceof AppError ? own.message : 'the request could not be made';
  return unreachable(operation, 'unreachable', reason, own);
}

/** The error of a success that says something else than it should. */
export function unreadableError(operation: ComposioOperation, reason: string, status: number | null = null): AppError {
  return unreachable(operation, 'unreadable_answer', reason, undefined, status);
}

function unreachable(
  operation: ComposioOperation,
  fault: ComposioFault,
  reason: string,
  cause?: unknown,
  status: number | null = null,
): AppError {
  return composioErrors.unreachable({ cause, params: { operation, reason }, details: { fault, operation, status } });
}

function adviceFor(operation: ComposioOperation, status: number): string {
  switch (operation) {
    case 'revoke connected account':
      if (status === 400) return ' — the app may not support revoking; delete the account instead';
      if (status === 409) return ' — the account is not active; connect it again, or delete it';
      return status === 404 ? noAccount : '';
    case 'refresh connected account':
    case 'delete connected account':
      if (status === 409) return ' — the account is not in a state for this; connect it again';
      return status === 404 ? noAccount : '';
    case 'enable trigger instance':
    case 'disable trigger instance':
    case 'delete trigger instance':
      return status === 404 ? ' — list the active triggers for the ids that exist' : '';
    default:
      return '';
  }
}

const noAccount = ' — take the id of an account from the inventory';

function causesOf(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let link = error; link !== undefined && link !== null && found.length < 10; ) {
    found.push(link);
    link = link instanceof Error ? link.cause : undefined;
  }
  return found;
}
