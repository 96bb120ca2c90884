import type { Clock } from '#kernel';

const quietMs = 1_000;

/** Thrown between two batches when the job was told to stop. What was done stays done. */
export class RotationInterrupted extends Error {
  constructor() {
    super('the rotation was told to stop');
    this.name = 'RotationInterrupted';
  }
}

/** Tells a person how far a rotation is: a line a second, and one at the end of each step. */
export class RotationProgress {
  #step = '';
  #done = 0;
  #total = 0;
  #startedAt = 0;
  #toldAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly tell: (line: string) => void,
    private readonly signal: AbortSignal | null = null,
  ) {}

  /** Begins a step of so many things to do, as far as is known. */
  begin(step: string, total: number): void {
    this.#step = step;
    this.#done = 0;
    this.#total = total;
    this.#startedAt = this.#toldAt = this.clock.now().getTime();
  }

  /** Notes that so many more are done. @throws RotationInterrupted when the job is to stop. */
  advance(count: number): void {
    this.#done += count;
    if (this.clock.now().getTime() - this.#toldAt >= quietMs) this.#line();
    if (this.signal?.aborted) throw new RotationInterrupted();
  }

  /** Ends the step. Steps that had nothing to do stay silent. */
  end(): void {
    if (this.#done > 0 || this.#total > 0) this.#line();
  }

  #line(): void {
    const now = this.clock.now().getTime();
    this.#toldAt = now;
    const seconds = Math.max((now - this.#startedAt) / 1_000, 0.001);
    const rate = this.#done / seconds;
    // Writers may add to what there was to do, so the total is only ever a lower bound.
    const total = Math.max(this.#total, this.#done);
    const left = total - this.#done;
    const wait = left > 0 && rate > 0 ? `, about ${Math.ceil(left / rate)} s left` : '';
    this.tell(`${this.#step}: ${this.#done} of ${total} (${Math.round(rate)}/s, ${left} remaining${wait})`);
  }
}
