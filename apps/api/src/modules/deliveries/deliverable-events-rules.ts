import { type EventType, eventTypes } from '../events/events.types.js';

/** Events about deliveries themselves: delivering those would never end. */
const neverDelivered: readonly EventType[] = [
  'delivery.dead',
  'delivery_endpoint.disabled',
  'run.started',
  'run.finished',
];

/** The events that an endpoint may ask for. */
export const deliverableEvents = eventTypes.filter((type) => !neverDelivered.includes(type));

/** What an agent has to know to stay up to date: delivered unless an endpoint asks for others. */
export const usualEvents: readonly EventType[] = [
  'plugin.installed',
  'plugin.uninstalled',
  'workspace.provisioning',
  'APPROVAL_REQUESTED',
  'APPROVAL_ESCALATED',
  'APPROVAL_APPROVED',
  'APPROVAL_DENIED',
  'APPROVAL_DECIDED',
  'APPROVAL_EXPIRED',
];

/** Whether events of a type are delivered to whoever asked for these. */
export function isDelivered(type: EventType, askedFor: readonly string[]): boolean {
  if (neverDelivered.includes(type)) return false;
  return askedFor.length === 0 ? usualEvents.includes(type) : askedFor.includes(type);
}
