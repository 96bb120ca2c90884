import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';

/** Alarms are set to the next multiple of this. */
const gridMs = 50;
/** What is due later than this is found by polling. */
const horizonMs = 60_000;

/**
 * Remembers when jobs that this process has added are due within the next minute, so that they are looked for at that moment
 * and not only when the engine polls.
 */
@Injectable()
export class JobAlarms {
  readonly #timers = new Map<number, { jobs: number; timer: NodeJS.Timeout }>();
  #ring: ((jobs: number) => void) | null = null;

  constructor(private readonly clock: Clock) {}

  /** Who is told that so many jobs may be due now; null: nobody, and nothing is remembered. */
  set ring(ring: ((jobs: number) => void) | null) {
    this.#ring = ring;
    if (ring !== null) return;
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** A job is due at the moment. It need not be committed yet, nor ever. */
  expect(runAt: Date): void {
    const waitMs = runAt.getTime() - this.clock.now().getTime();
    if (this.#ring === null || waitMs <= 0 || waitMs > horizonMs) return;
    const at = Math.ceil(runAt.getTime() / gridMs) * gridMs;
    const set = this.#timers.get(at);
    if (set) {
      set.jobs += 1;
      return;
    }
    const timer = setTimeout(() => this.#due(at), at - this.clock.now().getTime() + 1).unref();
    this.#timers.set(at, { jobs: 1, timer });
  }

  #due(at: number): void {
    const jobs = this.#timers.get(at)?.jobs ?? 0;
    this.#timers.delete(at);
    this.#ring?.(jobs);
  }
}
