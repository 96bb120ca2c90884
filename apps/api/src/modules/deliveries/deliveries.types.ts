import type { JsonObject } from '#kernel';

/** What makes messages for agents. */
export const messageOrigins = ['schedule', 'channel', 'webhook', 'manual'] as const;

/** What made a message. */
export type MessageOrigin = (typeof messageOrigins)[number];

/** A text that an agent is sent. */
export interface AgentMessage {
  /** Null: the workspace's lead agent. */
  agentId: string | null;
  /** Names the message for the agent, who may use it against repeats. */
  messageId: string;
  text: string;
  /** Goes along as `params.metadata`. */
  metadata?: JsonObject;
  /** What made it, and the id of that: whoever registered for the kind hears of the outcome under this id. */
  origin: { kind: MessageOrigin; id: string };
  /** Id of the user behind it, where there is one. */
  triggeredBy: string | null;
  /** When it was made. */
  at: Date;
}

/** A message on its way. */
export interface SentMessage {
  /** `dlv_<uuid>` */
  deliveryId: string;
  /** Null when the workspace has no agent that could have a run. */
  runId: string | null;
}

/** How deliveries stand. `no_endpoint` can still be pulled. */
export const deliveryStatuses = ['pending', 'delivered', 'acknowledged', 'dead', 'cancelled', 'no_endpoint'] as const;

/** How a delivery stands. */
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** What a puller gets. */
export const pullableStatuses: readonly DeliveryStatus[] = ['pending', 'no_endpoint'];

/** What can be sent again. */
export const redeliverableStatuses: readonly DeliveryStatus[] = ['dead', 'no_endpoint'];

/** How a message ended, as far as delivering goes. */
export interface DeliveryOutcome {
  deliveryId: string;
  workspaceId: string;
  agentId: string | null;
  /** Id under the kind of the origin. */
  originId: string;
  runId: string | null;
  status: Exclude<DeliveryStatus, 'pending'>;
  /** When the last attempt began; when the message was made, if there was none. */
  startedAt: Date;
  finishedAt: Date;
  /** A sentence for people; null for `delivered` and `acknowledged`. */
  error: string | null;
  /** What the agent answered, if it did. */
  replyText: string | null;
  /** The beginning of what the agent's server answered, 64 KiB at most; null when it was not posted. */
  responseBody: string | null;
}

/** The two ways to post. `event`: our signed envelope; `a2a`: the JSON-RPC object as it is. */
export const deliveryProtocols = ['event', 'a2a'] as const;

/** How deliveries are posted. */
export type DeliveryProtocol = (typeof deliveryProtocols)[number];

/** The type of deliveries that carry a message; all others are named as their event. */
export const messageType = 'agent.message';

/** A delivery that is to stand in its lane. */
export interface OutboxItem {
  id: string;
  workspaceId: string;
  agentId: string | null;
  type: string;
  data: JsonObject;
  originKind: MessageOrigin | 'event';
  originId: string | null;
  runId: string | null;
  at: Date;
}

/** A lane that somebody leased. */
export interface LeasedLane {
  id: string;
  workspaceId: string;
  agentId: string | null;
  lastPulledAt: Date | null;
  generation: bigint;
}

/** A delivery as it is worked on. */
export interface Delivery {
  id: string;
  workspaceId: string;
  laneId: string;
  seq: bigint;
  agentId: string | null;
  type: string;
  data: JsonObject;
  originKind: string;
  originId: string | null;
  runId: string | null;
  status: DeliveryStatus;
  attempts: number;
  nextAttemptAt: Date | null;
  lastError: string | null;
  settledAt: Date | null;
  replyText: string | null;
  repliedAt: Date | null;
  replyUntil: Date | null;
  createdAt: Date;
}

/** How many of a workspace's agent runs are open, and how many may be. */
export interface Capacity {
  active: number;
  max: number;
  /** Whether the workspace fires its schedules itself. */
  ownScheduler: boolean;
}

/** Where the deliveries of a recipient are posted to. The secret stays with its row. */
export interface DeliveryEndpoint {
  id: string;
  workspaceId: string;
  /** Null: the workspace's, for every agent without one of its own. */
  agentId: string | null;
  url: string;
  protocol: DeliveryProtocol;
  /** Which events are delivered beside messages; empty: those that are delivered unless asked otherwise. */
  eventTypes: string[];
  /** Since when nothing is posted there; null while it is in use. */
  disabledAt: Date | null;
  disabledReason: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** One attempt at posting a delivery, as people read it. */
export interface DeliveryAttempt {
  id: string;
  attempt: number;
  url: string | null;
  outcome: string;
  statusCode: number | null;
  error: string | null;
  response: string | null;
  durationMs: number;
  startedAt: Date;
}
