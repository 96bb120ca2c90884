import type { Delivery, DeliveryAttempt } from './deliveries.types.js';
import type { DeliveryAttemptResponse, DeliveryResponse } from './dto/delivery.response.js';

/** A delivery as it is answered. */
export function toDeliveryResponse(delivery: Delivery): DeliveryResponse {
  return {
    id: delivery.id,
    seq: Number(delivery.seq),
    workspace_id: delivery.workspaceId,
    agent_id: delivery.agentId,
    type: delivery.type,
    data: delivery.data,
    origin: delivery.originKind,
    run_id: delivery.runId,
    status: delivery.status,
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt?.toISOString() ?? null,
    last_error: delivery.lastError,
    reply: delivery.replyText,
    reply_until: delivery.replyUntil?.toISOString() ?? null,
    settled_at: delivery.settledAt?.toISOString() ?? null,
    created_at: delivery.createdAt.toISOString(),
  };
}

/** An attempt as it is answered. */
export function toAttemptResponse(attempt: DeliveryAttempt): DeliveryAttemptResponse {
  const { outcome } = attempt;
  return {
    id: attempt.id,
    attempt: attempt.attempt,
    url: attempt.url,
    outcome: outcome === 'delivered' || outcome === 'refused' ? outcome : 'failed',
    status_code: attempt.statusCode,
    error: attempt.error,
    response: attempt.response,
    duration_ms: attempt.durationMs,
    started_at: attempt.startedAt.toISOString(),
  };
}
