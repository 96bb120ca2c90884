import { ByteBudget, type Egress, type FetchFunction } from '#egress';
import type { AppError } from '#kernel';

/** The last answer that counted. */
export interface SeenAnswer {
  status: number;
  url: string;
  location: string | null;
}

/** What a watch is told. */
export interface WatchOptions {
  egress: Egress;
  deadlineMs: number;
  /** Most bytes of all answers together. */
  maxBytes: number;
  /** Whether failing GETs are part of the server's way of saying no; the stream of streamable HTTP is optional. */
  getIsOptional: boolean;
  signal: AbortSignal;
}

/**
 * The fetch that the protocol client is given. It remembers what the server answered, so that the verdict is drawn
 * from statuses and codes and not from the texts of a library's errors.
 */
export class ProbeWatch {
  answer: SeenAnswer | null = null;
  /** The session that the server opened, to be ended. */
  sessionId: string | null = null;
  /** The revision agreed on, once it is. */
  protocolVersion: string | null = null;
  /** Rejects with the first failure of the connection itself, at once, even when the client would wait on. */
  readonly broken: Promise<never>;
  readonly #counting: FetchFunction;
  readonly #optional: FetchFunction;

  constructor(private readonly options: WatchOptions) {
    const { egress, deadlineMs, maxBytes } = options;
    const limits = { purpose: 'mcp.probe', deadlineMs, budget: new ByteBudget(maxBytes) };
    let breakWith: (error: AppError) => void = () => undefined;
    this.broken = new Promise((_resolve, reject) => {
      breakWith = reject;
    });
    this.broken.catch(() => undefined);
    this.#counting = egress.fetcher({ ...limits, onFailure: breakWith });
    this.#optional = egress.fetcher(limits);
  }

  readonly fetch = async (input: string | URL, init: RequestInit = {}): Promise<Response> => {
    const { getIsOptional, signal } = this.options;
    const optional = getIsOptional && init.method === 'GET';
    const signals = init.signal ? [init.signal, signal] : [signal];
    // Redirects are handed over: whether one is followed depends on its origin.
    const request: RequestInit = { ...init, signal: AbortSignal.any(signals), redirect: 'manual' };
    const response = await (optional ? this.#optional : this.#counting)(input, request);
    if (!optional) {
      this.answer = { status: response.status, url: String(input), location: response.headers.get('location') };
      this.sessionId = response.headers.get('mcp-session-id') ?? this.sessionId;
    }
    return response;
  };
}
