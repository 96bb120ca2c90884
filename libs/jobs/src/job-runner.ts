import { setTimeout as wait } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { runOnce, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { AppConfig } from '#config';
import { Clock } from '#kernel';
import { orAbandoned } from './abandoned-job.js';
import { engineLog } from './engine-log.js';
import { JobAlarms } from './job-alarms.js';
import { JobEngine } from './job-engine.js';
import { JobHandlers } from './job-handlers.js';
import { JobQueue } from './job-queue.js';
import type { Job, JobHandler } from './jobs.types.js';
import { WorkerHeartbeatsRepository } from './worker-heartbeats.repository.js';

const connections = 6;
const beatMs = 4_000;
const deadAfterMs = 18_000;
/** How long a job may take to end after it was asked to. */
const abandonAfterMs = 5_000;
const leaveAfterMs = 1_000;

/** Runs jobs in this process, together with those of all replicas: each job once, and a dead replica's by another. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  readonly #log = new Logger('Jobs');
  readonly #pool: pg.Pool;
  #engine: JobEngine | null = null;
  #workerId = '';
  #beat: NodeJS.Timeout | null = null;
  #beating: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly handlers: JobHandlers,
    private readonly queue: JobQueue,
    private readonly heartbeats: WorkerHeartbeatsRepository,
    private readonly clock: Clock,
    private readonly alarms: JobAlarms,
  ) {
    const ignored = () => undefined;
    this.#pool = new pg.Pool({
      connectionString: config.database.url.reveal(),
      max: connections,
      // A crash of the database may forget that a job was begun or has ended: it runs again, as jobs may.
      options: '-c synchronous_commit=off',
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
    });
    // The engine replaces broken connections; without a listener their errors would end the process.
    this.#pool.on('error', ignored).on('connect', (client) => client.on('error', ignored));
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.jobs.mode === 'off' || this.handlers.entries().length === 0) return;
    const taskList = this.#tasks((handler, payload, signal) => handler(payload, { signal }));
    const began = (workerId: string) => {
      this.#workerId = workerId;
    };
    const engine = new JobEngine({ ...this.#settings(), taskList }, this.#log, began);
    await engine.start();
    this.#engine = engine;
    this.alarms.ring = (jobs) => engine.look(jobs);
    await this.#live();
    this.#beat = setInterval(() => {
      this.#beating = this.#live();
    }, beatMs).unref();
  }

  /**
   * Runs what is due by the clock, and what that adds in turn, and resolves when nothing is due any more. Jobs that failed
   * come again at their own time. For tests, which move the clock; it does not mix with a running engine.
   */
  async runDue(): Promise<void> {
    const later: Job[] = [];
    await this.heartbeats.hasten(this.clock.now());
    await runOnce({
      ...this.#settings(),
      taskList: this.#tasks(async (handler, payload, signal, job) => {
        if (job.runAt > this.clock.now() && job.key) later.push({ ...job, payload: payload as Job['payload'] });
        else await handler(payload, { signal });
      }),
    });
    await this.queue.addAll(later);
  }

  /**
   * Takes no further jobs and lets the running ones finish. After four seconds they are asked to hand back what they do;
   * one that does not listen is handed back for it five seconds later, and whatever it still does counts for nothing.
   */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.#engine) return;
    this.alarms.ring = null;
    await this.#engine.stop();
    if (this.#beat) clearInterval(this.#beat);
    await this.#beating;
    await this.heartbeats.remove(this.#workerId).catch((error: unknown) => this.#log.error(error));
  }

  /** Ends the pool, unless the engine still needs it: then as soon as it does not, or with the process. */
  async onApplicationShutdown(): Promise<void> {
    const released = this.#engine?.released() ?? Promise.resolve();
    const ended = released.then(() => this.#pool.end());
    await Promise.race([ended, wait(leaveAfterMs, undefined, { ref: false })]);
    ended.catch((error: unknown) => this.#log.error(error));
  }

  #settings() {
    return { pgPool: this.#pool, noHandleSignals: true, logger: engineLog(this.#log), parsedCronItems: [] };
  }

  #tasks(work: (handler: JobHandler, payload: unknown, signal: AbortSignal, job: Due) => Promise<void>): TaskList {
    const logged = ([task, handler]: readonly [string, JobHandler]) =>
      [
        task,
        async (payload: unknown, helpers: { abortSignal: AbortSignal; job: { run_at: Date; key: string | null } }) => {
          const { run_at: runAt, key } = helpers.job;
          try {
            const due = { task, runAt, ...(key !== null && { key }) };
            const { abortSignal } = helpers;
            await orAbandoned(work(handler, payload, abortSignal, due), abortSignal, abandonAfterMs);
          } catch (error) {
            this.#log.error(error);
            // The engine stores the message, and drivers quote values in theirs.
            throw new Error(`${task} failed`);
          }
        },
      ] as const;
    return Object.fromEntries(this.handlers.entries().map(logged));
  }

  async #live(): Promise<void> {
    try {
      await this.heartbeats.beat(this.#workerId);
      const dead = await this.heartbeats.unlockDead(deadAfterMs);
      if (dead > 0) this.#log.warn(`took over the jobs of ${dead} workers that are gone`);
    } catch (error) {
      this.#log.error(error);
    }
  }
}

interface Due {
  task: string;
  key?: string;
  runAt: Date;
}
