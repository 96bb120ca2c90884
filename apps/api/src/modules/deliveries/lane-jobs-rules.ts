import type { Job } from '#jobs';

/** The task that works on one lane. */
export const laneTask = 'deliveries.lane';

/** The job that works on a lane; one of them waits at most. */
export function laneJob(laneId: string, runAt?: Date): Job {
  return { task: laneTask, payload: { lane: laneId }, key: `lane:${laneId}`, ...(runAt && { runAt }) };
}
