import { ApiProperty } from '@nestjs/swagger';
import { type DeliveryStatus, deliveryStatuses } from '../deliveries.types.js';

/** One message or event on its way to an agent. */
export class DeliveryResponse {
  /** `dlv_<uuid>`, the idempotency key of every attempt. */
  id: string;

  /** Its place in its queue: one queue for each agent with an endpoint of its own, one for the rest of the workspace. */
  @ApiProperty({ type: 'integer', format: 'int64', minimum: 1 })
  seq: number;

  /** Id of the workspace. */
  workspace_id: string;

  /** Id of the agent that it is for; null where there is none. */
  agent_id: string | null;

  /** `agent.message`, or the name of an event. */
  type: string;

  /** For `agent.message` the JSON-RPC object of A2A's `message/send`, else what the event says. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  data: Record<string, unknown>;

  /** What caused it: `schedule`, `channel`, `webhook`, `manual` or `event`. */
  origin: string;

  /** Id of the run that it stands for. */
  run_id: string | null;

  /** How it stands. `no_endpoint`: there was nobody to post to; it can still be pulled. */
  @ApiProperty({ enum: deliveryStatuses, enumName: 'DeliveryStatus' })
  status: DeliveryStatus;

  /** How often it was posted. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  attempts: number;

  /** When it is posted next at the earliest (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  next_attempt_at: string | null;

  /** Why it did not arrive, in a sentence. */
  last_error: string | null;

  /** What the agent answered. */
  reply: string | null;

  /** Until when an answer is taken (RFC 3339, UTC); null when none is. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  reply_until: string | null;

  /** When it reached its status (RFC 3339, UTC); null while it is pending. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  settled_at: string | null;

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}

/** One attempt at posting a delivery. */
export class DeliveryAttemptResponse {
  /** Id of the attempt. */
  id: string;

  /** Its number, from 1; begins anew when a delivery is sent again. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1 })
  attempt: number;

  /** The address that it was posted to. */
  url: string | null;

  /** `refused`: sending the same again would be of no use. */
  @ApiProperty({ enum: ['delivered', 'failed', 'refused'], enumName: 'DeliveryAttemptOutcome' })
  outcome: 'delivered' | 'failed' | 'refused';

  /** HTTP status of the answer; null when none came. */
  @ApiProperty({ type: 'integer', format: 'int32', nullable: true })
  status_code: number | null;

  /** What went wrong, in a sentence. */
  error: string | null;

  /** The beginning of the answer, 64 KiB at most. */
  response: string | null;

  /** How long it took, in milliseconds. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  duration_ms: number;

  /** When it began (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  started_at: string;
}

/** A delivery with its newest attempts. */
export class DeliveryDetailResponse extends DeliveryResponse {
  /** The attempts, newest first, 20 at most; the list of attempts has all of them. */
  @ApiProperty({ type: () => [DeliveryAttemptResponse], maxItems: 20 })
  attempt_log: DeliveryAttemptResponse[];
}
