import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import { type Runner, type RunnerOptions, run, type WorkerEvents, type WorkerPool } from 'graphile-worker';

/** Jobs mostly wait for somebody's HTTP answer, so that many of them cost little. */
const concurrency = 64;
const pollInterval = 3_000;
/** While stopping: when jobs are asked to end, and when the engine is left to itself. */
const abortAfterMs = 4_000;
const patienceMs = 14_000;
const againAfterMs = 5_000;
/**
 * The engine tells the database of a job's end without waiting for it, unless it does so in batches: only those are flushed
 * when it stops, before the pool may be ended. A batch is what ended within one turn of the event loop.
 */
const awaitedEndings = { completeJobBatchDelay: 0, failJobBatchDelay: 0 };

/** The engine for as long as the process lives: one that gave up, because the database was away, is followed by another. */
export class JobEngine {
  #runner: Runner | null = null;
  /** Null while the engine is stopping: workers that have ended must not be woken. */
  #workers: WorkerPool | null = null;
  #stopped: Promise<unknown> = Promise.resolve();
  readonly #stopping = new AbortController();

  /** `settings` hold the pool and the tasks; `began` is told the name under which jobs are held. */
  constructor(
    private readonly settings: RunnerOptions,
    private readonly log: Logger,
    private readonly began: (workerId: string) => void,
  ) {}

  /** So many jobs may be due: idle workers look for them now. */
  look(jobs: number): void {
    this.#workers?.nudge(jobs);
  }

  /** Resolves when jobs are taken. */
  async start(): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => {
      this.#workers = workerPool;
      this.began(workerPool.id);
    });
    for (const end of ['pool:gracefulShutdown', 'pool:forcefulShutdown'] as const) {
      events.on(end, () => {
        this.#workers = null;
      });
    }
    const runner = await run({
      ...this.settings,
      preset: { worker: awaitedEndings },
      events,
      concurrency,
      pollInterval,
      useNodeTime: true,
      gracefulShutdownAbortTimeout: abortAfterMs,
    });
    this.#runner = runner;
    void runner.promise.catch((error: unknown) => this.log.error(error)).then(() => this.#again());
  }

  /** Takes no further jobs, and resolves when the running ones have ended or were handed back, or after fourteen seconds. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    // What could not be handed back is taken over by the others. It was stopped already when it gave up just now.
    this.#stopped = this.#runner?.stop().catch(() => undefined) ?? this.#stopped;
    await Promise.race([this.#stopped, wait(patienceMs, undefined, { ref: false })]);
  }

  /** Resolves when a stopped engine uses its pool no more. */
  async released(): Promise<void> {
    await this.#stopped;
  }

  async #again(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.log.warn('the job engine gave up; starting it again');
      await wait(againAfterMs, undefined, { ref: false, signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        return await this.start();
      } catch (error) {
        this.log.error(error);
      }
    }
  }
}
