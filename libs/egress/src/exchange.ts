import { AppError } from '#kernel';
import type { ByteBudget } from './byte-budget.js';
import { translateFailure } from './connection-failure.js';
import { egressErrors } from './egress.errors.js';

/** The limits of one exchange: request, redirects and the reading of the body. */
export interface ExchangeLimits {
  purpose: string;
  deadlineMs: number;
  budget: ByteBudget;
  /** The caller's own signal. Its reason is thrown as it is. */
  signal?: AbortSignal | null;
  /** Told of the error that ended the exchange, also while the body is read. */
  onFailure?: (error: AppError) => void;
}

/** Keeps one exchange within its deadline and its bytes, and says in the words of the house why it ended. */
export class Exchange {
  readonly #own = new AbortController();
  readonly #timer: NodeJS.Timeout;
  /** Aborts the exchange: deadline, too many bytes, or the caller. */
  readonly signal: AbortSignal;

  constructor(private readonly limits: ExchangeLimits) {
    const { deadlineMs, purpose, signal } = limits;
    this.signal = signal ? AbortSignal.any([this.#own.signal, signal]) : this.#own.signal;
    this.#timer = setTimeout(() => {
      const seconds = deadlineMs / 1000;
      this.#own.abort(egressErrors.deadlineExceeded({ params: { seconds }, details: { phase: 'total', purpose } }));
    }, deadlineMs);
    // An answer that nobody reads must not keep the process from ending.
    this.#timer.unref();
  }

  /** Ends the exchange and frees its timer. */
  end(): void {
    clearTimeout(this.#timer);
  }

  /** Ends the exchange, closes its socket and answers the error to throw. */
  fail(error: unknown): unknown {
    const reason = this.#reasonOf(error);
    this.end();
    this.#own.abort(reason);
    if (reason instanceof AppError) this.limits.onFailure?.(reason);
    return reason;
  }

  /** The body with both limits applied to what it decodes to. */
  limit(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          try {
            const { done, value } = await reader.read();
            if (done) {
              this.end();
              controller.close();
              return;
            }
            this.limits.budget.take(value.byteLength);
            controller.enqueue(value);
          } catch (error) {
            controller.error(this.fail(error));
          }
        },
        cancel: async (reason) => {
          this.end();
          await reader.cancel(reason);
        },
      },
      // Nothing is read ahead: the sender waits until the caller wants more.
      { highWaterMark: 0 },
    );
  }

  #reasonOf(error: unknown): unknown {
    if (error instanceof AppError) return error;
    if (this.#own.signal.aborted) return this.#own.signal.reason;
    if (this.limits.signal?.aborted) return this.limits.signal.reason;
    return translateFailure(error, this.limits.purpose);
  }
}
