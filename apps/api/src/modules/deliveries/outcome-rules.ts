import type { Delivery, DeliveryOutcome } from './deliveries.types.js';

/** What an attempt adds to the outcome. */
export interface LastAttempt {
  startedAt: Date;
  response: string | null;
}

/** A settled delivery as its listener hears of it. `now` counts where nothing says when it ended. */
export function outcomeOf(delivery: Delivery, attempt: LastAttempt | null, now: Date): DeliveryOutcome {
  return {
    deliveryId: delivery.id,
    workspaceId: delivery.workspaceId,
    agentId: delivery.agentId,
    originId: delivery.originId ?? '',
    runId: delivery.runId,
    status: delivery.status === 'pending' ? 'cancelled' : delivery.status,
    startedAt: attempt?.startedAt ?? delivery.createdAt,
    finishedAt: delivery.repliedAt ?? delivery.settledAt ?? now,
    error: delivery.lastError,
    replyText: delivery.replyText,
    responseBody: attempt?.response ?? null,
  };
}
