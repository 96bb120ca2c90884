import type { TestApp } from '#testing';
import { StreamLimits } from '../../../apps/api/src/modules/event-streams/stream-limits.js';
import { EventsService } from '../../../apps/api/src/modules/events/events.service.js';

/** Publishes `run.started` events that carry a number. */
export function publisher(app: TestApp, workspaceId: string): (...numbers: number[]) => Promise<void> {
  const events = app.app.get(EventsService, { strict: false });
  return (...numbers) =>
    events.publishAll(numbers.map((n) => ({ workspaceId, type: 'run.started' as const, payload: { n } })));
}

/** What this application's streams are held to: tests shorten the times. */
export function limitsOf(app: TestApp): StreamLimits {
  return app.app.get(StreamLimits, { strict: false });
}

/** Address of a workspace's stream. */
export function streamUrl(app: TestApp, workspaceId: string): string {
  return `${app.url}/api/v1/workspaces/${workspaceId}/events/stream`;
}

/** The numbers that events carry. */
export const numbersOf = (events: readonly { data: Record<string, unknown> }[]): unknown[] =>
  events.map(({ data }) => data.n);
