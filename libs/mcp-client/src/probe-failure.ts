import { ProtocolError, SdkError, SdkErrorCode } from '@modelcontextprotocol/client';
import { checkEndpoint, type EgressPolicy, findRefusal, type Refusal } from '#egress';
import { AppError, unreachable } from '#kernel';
import { isTimeout } from './mcp-connection.js';
import type { ProbeResult } from './probe.types.js';
import type { SeenAnswer } from './probe-watch.js';
import { ToolListError } from './tool-list.js';
import type { UpstreamText } from './upstream-text.js';

/** What a failed test is judged by. */
export interface FailedProbe {
  error: unknown;
  answer: SeenAnswer | null;
  policy: EgressPolicy;
  words: UpstreamText;
  deadlineMs: number;
}

type Verdict = Pick<ProbeResult, 'status' | 'message' | 'quotes_server'>;

const privateAddress =
  'The address is private or internal, so it was not contacted. An operator can allow it with EGRESS_ALLOW';

/** Says in one sentence why a test failed, from what the server answered and where the client stopped. */
export function explainFailure(failed: FailedProbe): Verdict {
  const { error, answer } = failed;
  if (error instanceof AppError) return { status: 'error', message: explainEgress(error, failed.deadlineMs) };
  // Before the statuses: they may belong to an earlier request than the one that was waited for.
  if (isTimeout(error)) return { status: 'error', message: tooLate(failed.deadlineMs) };
  if (answer?.status === 401 || answer?.status === 403) {
    return { status: 'auth_required', message: 'Server requires authentication' };
  }
  if (answer && answer.status >= 300 && answer.status < 400)
    return { status: 'error', message: explainRedirect(failed, answer), quotes_server: true };
  if (answer && answer.status >= 400) return { status: 'error', message: `Server returned HTTP ${answer.status}` };
  const quotes = ProtocolError.isInstance(error) ? ({ quotes_server: true } as const) : {};
  return { status: 'error', message: explainProtocol(failed), ...quotes };
}

/** The sentence for an endpoint that may not be called. */
export function explainRefusal(refusal: Refusal): string {
  switch (refusal.rule) {
    case 'address':
      return privateAddress;
    case 'plain_http':
      return 'Plain http is not allowed to this host. Use https, or ask an operator to allow the host with EGRESS_ALLOW';
    case 'malformed':
    case 'scheme':
    case 'userinfo':
    case 'host':
      return `Invalid endpoint URL: ${refusal.reason}`;
    default:
      return unreachable(refusal.rule);
  }
}

function explainEgress(error: AppError, deadlineMs: number): string {
  const refusal = findRefusal(error);
  if (refusal) return explainRefusal(refusal);
  const atConnect = error.details.phase === 'connect';
  if (error.code !== 'egress.deadline_exceeded') return error.message;
  return atConnect ? 'Connection failed: the server does not accept connections in time' : tooLate(deadlineMs);
}

function tooLate(deadlineMs: number): string {
  return `Server did not answer within ${deadlineMs / 1000} s`;
}

function explainRedirect({ policy, words }: FailedProbe, answer: SeenAnswer): string {
  const { location, url } = answer;
  if (location === null || !URL.canParse(location, url)) return `Server returned HTTP ${answer.status}`;
  const target = new URL(location, url);
  const check = checkEndpoint(target.href, policy);
  if (!check.ok) return `Server redirects to an address that cannot be used: ${words.line(check.reason)}`;
  const place = words.line(`${target.origin}${target.pathname}`);
  return `Server redirects to ${place}; use that address as the endpoint if it is the intended server`;
}

function explainProtocol({ error, words }: FailedProbe): string {
  if (error instanceof ToolListError) return error.message;
  if (ProtocolError.isInstance(error)) {
    return `Server returned JSON-RPC error: ${words.line(error.message) || `code ${error.code}`}`;
  }
  if (SdkError.isInstance(error)) {
    if (error.code === SdkErrorCode.ConnectionClosed) return 'Server ended its answer without a response';
    const unreadable = [SdkErrorCode.EraNegotiationFailed, SdkErrorCode.ClientHttpUnexpectedContent];
    if (!unreadable.includes(error.code)) return 'Server answered, but its answer does not follow MCP';
  }
  return 'Server returned 2xx but response is not valid JSON-RPC or SSE';
}
