import { Injectable } from '@nestjs/common';
import type { JobHandler } from './jobs.types.js';

/** Who does which task. Features register in their `onModuleInit`. */
@Injectable()
export class JobHandlers {
  readonly #handlers = new Map<string, JobHandler>();

  /** @throws Error when the task has a handler already: that is a fault of the program. */
  register(task: string, handler: JobHandler): void {
    if (this.#handlers.has(task)) throw new Error(`the task "${task}" has two handlers`);
    this.#handlers.set(task, handler);
  }

  /** Every task with its handler. */
  entries(): readonly (readonly [string, JobHandler])[] {
    return [...this.#handlers];
  }
}
