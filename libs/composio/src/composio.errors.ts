import { AppError, defineErrors } from '#kernel';

/** What went wrong at Composio, with the sentences that clients know. */
export const composioErrors = defineErrors('composio', {
  keyRejected: {
    kind: 'upstream',
    message:
      "Composio rejected the configured API key ({operation} failed with HTTP {status}{words}) — update it with `crewship integration composio key set` or fix the server's COMPOSIO_API_KEY",
  },
  rateLimited: {
    kind: 'upstream',
    message: 'Composio rate-limited the request ({operation} failed with HTTP {status}{words}) — retry shortly',
  },
  upstreamError: {
    kind: 'upstream',
    message:
      'Composio upstream error ({operation} failed with HTTP {status}{words}) — Composio may be degraded, retry shortly',
  },
  requestRejected: {
    kind: 'upstream',
    message: 'Composio rejected the request ({operation} failed with HTTP {status}{words}){advice}',
  },
  unreachable: {
    kind: 'upstream',
    message:
      "Composio API unreachable ({operation} failed: {reason}) — check the server's network path to Composio (COMPOSIO_BASE_URL)",
  },
  listTooLong: {
    kind: 'upstream',
    message:
      'Composio has more than {items} items ({operation} was stopped) — remove what is no longer used in the Composio project',
  },
});

/** What a call was for, as the sentences name it. */
export const composioOperations = [
  'list auth configs',
  'list connected accounts',
  'list toolkits',
  'list tools',
  'list trigger types',
  'list active triggers',
  'create trigger instance',
  'enable trigger instance',
  'disable trigger instance',
  'delete trigger instance',
  'find auth config',
  'create auth config',
  'create connect link',
  'list all tools',
  'find mcp server',
  'create mcp server',
  'create default mcp server',
  'update mcp server',
  'delete mcp server',
  'revoke connected account',
  'refresh connected account',
  'delete connected account',
  'validate api key',
] as const;

/** One of {@link composioOperations}. */
export type ComposioOperation = (typeof composioOperations)[number];

/** Why a call to Composio failed. */
export const composioFaults = [
  'key_rejected',
  'rate_limited',
  'upstream_error',
  'request_rejected',
  'timeout',
  'unreachable',
  'unreadable_answer',
  'list_too_long',
] as const;

/** One of {@link composioFaults}. */
export type ComposioFault = (typeof composioFaults)[number];

/** The `details` of every error of {@link composioErrors}. */
export interface ComposioFaultDetails {
  fault: ComposioFault;
  operation: ComposioOperation;
  /** HTTP status that Composio answered with; null when there was no answer that counts. */
  status: number | null;
}

const areas: ReadonlySet<string> = new Set(composioErrors.definitions.keys());
const faults: ReadonlySet<string> = new Set(composioFaults);
const operations: ReadonlySet<string> = new Set(composioOperations);

/** Why a call to Composio failed, or null for an error that did not come from there. */
export function findComposioFault(error: unknown): ComposioFaultDetails | null {
  if (!(error instanceof AppError) || !areas.has(error.code)) return null;
  const { fault, operation, status } = error.details;
  if (!isOneOf<ComposioFault>(faults, fault) || !isOneOf<ComposioOperation>(operations, operation)) return null;
  return { fault, operation, status: typeof status === 'number' ? status : null };
}

function isOneOf<T extends string>(all: ReadonlySet<string>, value: unknown): value is T {
  return typeof value === 'string' && all.has(value);
}
