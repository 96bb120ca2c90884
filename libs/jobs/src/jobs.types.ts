/** When and under which name a job runs. */
export interface JobOptions {
  /**
   * One waiting job at most has this key: adding another replaces its payload and its time. One that is running already is
   * not touched, so that the new one may run beside it.
   */
  key?: string;
  /** Not before this moment; at once when it is left out. */
  runAt?: Date;
  /** Jobs of one queue run one after another. Few names only: each is a row that is locked. */
  queue?: string;
}

/** A job to be added. */
export interface Job extends JobOptions {
  task: string;
  /** JSON. Ids, not data: it is read long after it was written, and nothing seals it. */
  payload: Readonly<Record<string, unknown>>;
}

/** What a handler is told beside the payload. */
export interface JobContext {
  /** Aborted when the process is about to end: hand back what takes long. */
  signal: AbortSignal;
}

/**
 * Does one job. It may run more than once, also at the same time as itself, since a process that was thought dead may wake
 * up; so it has to look at the rows first. What it throws is logged, and the job comes again after a while.
 */
export type JobHandler = (payload: unknown, context: JobContext) => Promise<void>;
