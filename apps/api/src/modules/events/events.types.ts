import type { JsonObject } from '#kernel';
import type { EventCursor } from './event-cursor-rules.js';

/** What schedules, channels, approvals and workspaces tell, by the names that seed 004's clients know. */
const runtimeTypes = [
  'CRON_EXECUTED',
  'CRON_SKIPPED',
  'CHANNEL_MESSAGE',
  'APPROVAL_REQUESTED',
  'APPROVAL_ESCALATED',
  'APPROVAL_APPROVED',
  'APPROVAL_DENIED',
  'APPROVAL_DECIDED',
  'APPROVAL_EXPIRED',
  'WORKSPACE_PROVISIONING',
  'WORKSPACE_PROVISION_FAILED',
  'WORKSPACE_ONLINE',
] as const;

/** What deliveries, runs, plugins and provisioning tell. */
const deliveryTypes = [
  'workspace.provisioning',
  'run.started',
  'run.finished',
  'delivery.dead',
  'delivery_endpoint.disabled',
  'plugin.installed',
  'plugin.uninstalled',
] as const;

/** Changes of configuration. They are told from the audit log: see `change-event-rules.ts`. */
const changeTypes = [
  'integration.created',
  'integration.updated',
  'integration.deleted',
  'crew_integration.created',
  'crew_integration.updated',
  'crew_integration.deleted',
  'agent_binding.created',
  'agent_binding.updated',
  'agent_binding.deleted',
  'tool_binding.updated',
  'tool_binding.refreshed',
  'credential.created',
  'credential.updated',
  'credential.deleted',
  'credential.rotated',
  'credential.revoked',
  'credential.connected',
  'credential.needs_reauth',
  'connector.installed',
  'connector.uninstalled',
  'registry.synced',
  'registry.curated',
  'composio.settings_changed',
  'composio.default_changed',
  'composio.connected',
  'composio.account_changed',
  'composio.binding_changed',
  'composio.trigger_changed',
] as const;

/** Every type of event that there is. */
export const eventTypes = [...runtimeTypes, ...deliveryTypes, ...changeTypes] as const;

/** What happened. */
export type EventType = (typeof eventTypes)[number];

/** The types that changes of configuration are told by. */
export type ChangeEventType = (typeof changeTypes)[number];

/** An event as a feature tells it. The payload holds ids, names and words, never values or secrets. */
export interface EventToPublish {
  type: EventType;
  /** The agent it is about, where it is about one. */
  agentId?: string | null;
  payload: JsonObject;
}

/** An event of a workspace, as {@link EventToPublish} with its workspace. */
export interface WorkspaceEventToPublish extends EventToPublish {
  workspaceId: string;
}

/** An event as it is written. */
export interface PublishedEvent {
  id: string;
  /** Null for what concerns no single workspace. */
  workspaceId: string | null;
  agentId: string | null;
  type: EventType;
  payload: JsonObject;
  createdAt: Date;
}

/** Called inside the publishing transaction, after the event is written: what it writes is kept or lost with the event. */
export type EventObserver = (event: PublishedEvent) => Promise<void>;

/** As {@link EventObserver}, for all events of one call, so that many of them cost one statement. */
export type EventBatchObserver = (events: readonly PublishedEvent[]) => Promise<void>;

/** An event as it is read, with its place in the stream. */
export interface StreamedEvent extends PublishedEvent {
  cursor: EventCursor;
}

/** What events are wanted; undefined members do not narrow. */
export interface EventFilter {
  type?: EventType;
  agentId?: string;
}
