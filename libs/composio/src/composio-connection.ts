import { APIConnectionError, type APIPromise, Composio, type RequestOptions } from '@composio/client';
import type { z } from 'zod';
import { type Egress, egressErrors } from '#egress';
import { AppError, isJsonObject } from '#kernel';
import type { ComposioOperation } from './composio.errors.js';
import type { ComposioAccess } from './composio.types.js';
import { failureError, refusalError, unreadableError } from './fault-errors.js';
import { wordsOf } from './upstream-words.js';

const maxBytes = 8 * 1_048_576;
const longestWaitSeconds = 5;
const readRetries = 2;

/** Where Composio is, and how long it may take. */
export interface ConnectionOptions {
  /** Without a trailing slash. */
  baseUrl: string;
  /** Time for one call, its retries included. */
  deadlineMs: number;
}

/** One call of the official client. `options` must be handed on: they carry the deadline. */
export type SdkCall = (sdk: Composio, options: RequestOptions) => APIPromise<unknown>;

/** Whatever came back, read to its end. */
export interface UpstreamAnswer {
  ok: boolean;
  status: number;
  text: string;
}

/**
 * The official client, on the egress library. It reads nothing from the environment, prints nothing and repeats nothing but
 * GET; what it gets is read and judged here, so that no error of its own, which may quote the request, gets further.
 */
export class ComposioConnection {
  constructor(
    private readonly egress: Egress,
    private readonly options: ConnectionOptions,
  ) {}

  /** The answer to a GET, as the schema reads it; repeated when it fails for the moment. @throws AppError of `composioErrors`. */
  async get<T>(access: ComposioAccess, operation: ComposioOperation, schema: z.ZodType<T>, call: SdkCall): Promise<T> {
    const repeating: SdkCall = (sdk, options) => call(sdk, { ...options, maxRetries: readRetries });
    return await this.ask(access, operation, schema, repeating);
  }

  /** The answer to a call that is made once, as the schema reads it. @throws AppError of `composioErrors`. */
  async ask<T>(access: ComposioAccess, operation: ComposioOperation, schema: z.ZodType<T>, call: SdkCall): Promise<T> {
    const answer = this.expectSuccess(access, operation, await this.send(access, operation, call));
    return read(operation, schema, answer);
  }

  /** Makes a call whose answer says nothing but its status. @throws AppError of `composioErrors`. */
  async tell(access: ComposioAccess, operation: ComposioOperation, call: SdkCall): Promise<void> {
    this.expectSuccess(access, operation, await this.send(access, operation, call));
  }

  /** The same answer when it is a success. @throws AppError of `composioErrors`. */
  expectSuccess(access: ComposioAccess, operation: ComposioOperation, answer: UpstreamAnswer): UpstreamAnswer {
    if (answer.ok) return answer;
    throw refusalError(operation, { status: answer.status, words: wordsOf(answer.text, access.apiKey) });
  }

  /** Any answer to a call, whatever its status. @throws AppError `composio.unreachable`. */
  async send(access: ComposioAccess, operation: ComposioOperation, call: SdkCall): Promise<UpstreamAnswer> {
    const deadline = AbortSignal.timeout(this.options.deadlineMs);
    try {
      const sdk = this.#sdk(access, operation, deadline);
      const response = await call(sdk, { signal: deadline }).asResponse();
      return { ok: response.ok, status: response.status, text: await response.text() };
    } catch (error) {
      throw failureError(operation, error, deadline.aborted);
    }
  }

  #sdk(access: ComposioAccess, operation: ComposioOperation, deadline: AbortSignal): Composio {
    const { baseUrl, deadlineMs } = this.options;
    const purpose = `composio.${operation.replaceAll(' ', '_')}`;
    const call = this.egress.fetcher({ purpose, deadlineMs, maxBytes, credentialHeaders: ['x-api-key'] });
    // An empty environment: this process's own would give one tenant the key of another.
    return Composio.fromEnv(
      {},
      {
        apiKey: access.apiKey.reveal(),
        baseURL: baseUrl,
        // Whether plain http may be used is the egress library's decision.
        allowInsecureHTTP: true,
        maxRetries: 0,
        timeout: deadlineMs,
        logLevel: 'off',
        fetch: async (input, init) => {
          // The deadline holds for the body too; the client's own signal ends with the headers.
          const signal = AbortSignal.any([deadline, ...(init?.signal ? [init.signal] : [])]);
          return judged(await call(input, { ...init, redirect: 'manual', signal }).catch(rethrown), baseUrl);
        },
      },
    );
  }
}

/** What a success says, as the schema reads it. @throws AppError `composio.unreachable`. */
export function read<T>(operation: ComposioOperation, schema: z.ZodType<T>, { status, text }: UpstreamAnswer): T {
  const parsed = schema.safeParse(jsonOf(operation, text, status));
  if (parsed.success) return parsed.data;
  const member = parsed.error.issues[0]?.path.join('.') ?? '';
  throw unreadableError(operation, `the answer has no usable ${member || 'object'}`, status);
}

/** Whether an answer says anything: its body is a JSON object. */
export function holdsObject({ text }: UpstreamAnswer): boolean {
  try {
    return isJsonObject(JSON.parse(text));
  } catch {
    return false;
  }
}

function jsonOf(operation: ComposioOperation, text: string, status: number): unknown {
  if (text.trim() === '') throw unreadableError(operation, 'the answer is empty', status);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unreadableError(operation, 'the answer is not JSON', status);
  }
}

// What will not be otherwise next time is thrown as the client's own error, which is the one kind that it does not repeat.
function rethrown(error: unknown): never {
  if (error instanceof AppError && error.code === 'egress.connection_failed') throw error;
  throw new APIConnectionError({ cause: error instanceof Error ? error : undefined });
}

function judged(response: Response, baseUrl: string): Response {
  const location = response.headers.get('location');
  if (response.status >= 300 && response.status < 400 && location !== null) {
    const target = URL.canParse(location, baseUrl) ? new URL(location, baseUrl) : null;
    if (target?.origin !== new URL(baseUrl).origin) {
      void response.body?.cancel();
      throw new APIConnectionError({ cause: egressErrors.redirectRefused() });
    }
  }
  // Nobody waits that long for a list: the caller is told to come back.
  if (!response.ok && waitOf(response) > longestWaitSeconds) response.headers.set('x-should-retry', 'false');
  return response;
}

function waitOf(response: Response): number {
  const wait = response.headers.get('retry-after');
  if (wait === null) return 0;
  const seconds = Number(wait);
  return Number.isFinite(seconds) ? seconds : Number.POSITIVE_INFINITY;
}
