import type { DeliveryStatus } from './deliveries.types.js';

/** An attempt with everything that follows from it, as it is written down. */
export interface StepChange {
  delivery: string;
  attemptId: string;
  attempts: number;
  url: string;
  outcome: 'delivered' | 'failed' | 'refused';
  statusCode: number | null;
  error: string | null;
  response: string | null;
  durationMs: number;
  startedAt: Date;
  status: DeliveryStatus;
  /** Set while the delivery stays pending. */
  nextAttemptAt: Date | null;
  settledAt: Date | null;
  replyText: string | null;
  repliedAt: Date | null;
  replyUntil: Date | null;
  /** How the run ends; null while it goes on. */
  runEnd: 'COMPLETED' | 'FAILED' | null;
  /** Null: the feed says nothing of it. */
  activityId: string | null;
  activityStatus: string | null;
  activityFrom: string | null;
  summary: string | null;
}
