import { Logger } from '@nestjs/common';

/**
 * Background work that comes round again: one run at a time, the next one planned when the last has ended. A run that fails
 * is logged under the task's name and does not end the task. Its timer keeps no process alive.
 */
export class RepeatingTask {
  readonly #log: Logger;
  #timer: NodeJS.Timeout | null = null;
  #run: Promise<unknown> = Promise.resolve();
  #stopping = false;

  /** `waitMs` is asked before every wait, so that replicas may keep moments of their own. */
  constructor(
    name: string,
    private readonly waitMs: () => number,
    private readonly work: () => Promise<unknown>,
  ) {
    this.#log = new Logger(name);
  }

  /** Whether {@link stop} was called: a long run looks at it between its steps. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Waits for the first time. */
  start(): void {
    if (this.#stopping) return;
    this.#timer = setTimeout(() => void this.#repeat(), this.waitMs());
    this.#timer.unref();
  }

  /** Starts nothing any more, and lets what is under way finish. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#run;
  }

  async #repeat(): Promise<void> {
    this.#run = this.work().catch((error: unknown) => this.#log.error(error));
    await this.#run;
    this.start();
  }
}
