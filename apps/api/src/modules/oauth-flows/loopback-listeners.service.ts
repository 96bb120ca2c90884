import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { AppError, type CallerScope, Ids } from '#kernel';
import { FlowCallback } from './flow-callback.service.js';
import { FlowLookup } from './flow-lookup.service.js';
import { FlowPages } from './flow-pages.service.js';
import { LoopbackListener, type LoopbackReply } from './loopback-listener.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import type { Flow } from './oauth-flows.types.js';

const lifetimeMs = 120_000;
const mostListeners = 8;

/** A listener that waits, and that is told the state of the flow that it waits for. */
export interface WaitingListener {
  port: number;
  expect(state: string): void;
  close(): void;
}

/** Our own listeners on this host, for browsers that run on it too. At most eight at once in one process. */
@Injectable()
export class LoopbackListeners implements BeforeApplicationShutdown {
  readonly #log = new Logger('oauth-flows');
  readonly #open = new Set<LoopbackListener>();
  #opening = 0;

  constructor(
    private readonly lookup: FlowLookup,
    private readonly callbacks: FlowCallback,
    private readonly pages: FlowPages,
    private readonly ids: Ids,
  ) {}

  /** Opens one for 120 s. @throws AppError `oauth.too_many_listeners` (429). */
  async open(): Promise<WaitingListener> {
    if (this.#open.size + this.#opening >= mostListeners) throw oauthFlowErrors.tooManyListeners();
    let expected: string | null = null;
    this.#opening += 1;
    try {
      const listener = await LoopbackListener.open(
        (parameters, userAgent) => this.#reply(expected, parameters, userAgent),
        lifetimeMs,
      );
      this.#open.add(listener);
      void listener.closed.then(() => this.#open.delete(listener));
      return {
        port: listener.port,
        expect: (state) => {
          expected = state;
        },
        close: () => listener.close(),
      };
    } finally {
      this.#opening -= 1;
    }
  }

  /** Closes all. */
  beforeApplicationShutdown(): void {
    for (const listener of this.#open) listener.close();
  }

  // Whoever knows the state and reaches this host's loopback address is the browser that was sent.
  async #reply(expected: string | null, parameters: URLSearchParams, userAgent: string | null): Promise<LoopbackReply> {
    const state = parameters.get('state');
    if (expected === null || state !== expected) {
      const stranger = oauthFlowErrors.stateInvalid({ params: { what: 'state token' } });
      return { status: stranger.status, page: this.pages.failed(stranger, null), ended: false };
    }
    let flow: Flow | null = null;
    try {
      flow = await this.lookup.getWaiting(state);
      const caller = this.#caller(userAgent);
      const done = await this.callbacks.complete(caller, { flow, state, parameters });
      return { status: 200, page: this.pages.connected(done), ended: true };
    } catch (error) {
      if (!(error instanceof AppError)) this.#log.error(error);
      const told = error instanceof AppError ? error : oauthFlowErrors.listenerFailed({ cause: error });
      return { status: told.status, page: this.pages.failed(told, flow), ended: true };
    }
  }

  #caller(userAgent: string | null): CallerScope {
    return {
      actor: { kind: 'anonymous', userId: null, email: null, tokenId: null, sessionId: null, tokenScopes: null },
      origin: { ip: '127.0.0.1', userAgent: userAgent?.slice(0, 250) ?? null, requestId: this.ids.next() },
    };
  }
}
