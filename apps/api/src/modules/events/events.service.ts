import { Injectable } from '@nestjs/common';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { EventsRepository } from './events.repository.js';
import type {
  EventBatchObserver,
  EventObserver,
  EventToPublish,
  PublishedEvent,
  WorkspaceEventToPublish,
} from './events.types.js';

/**
 * Tells what happened. Called inside the transaction of what happened: the event is there exactly when that is, and
 * streams learn of it when the transaction is kept.
 */
@Injectable()
export class EventsService {
  readonly #observers: EventBatchObserver[] = [];

  constructor(
    private readonly repository: EventsRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Publishes one event of a workspace. One statement beside those of the observers. */
  publish({ workspaceId }: Pick<WorkspaceScope, 'workspaceId'>, event: EventToPublish): Promise<void> {
    return this.#write([{ ...event, workspaceId }]);
  }

  /** Publishes events of any workspaces, in the order given. One statement, however many they are. */
  publishAll(events: readonly WorkspaceEventToPublish[]): Promise<void> {
    return this.#write(events);
  }

  /** Publishes an event that concerns no single workspace: the instance's administrator sees it, streams do not. */
  publishForInstance(event: EventToPublish): Promise<void> {
    return this.#write([{ ...event, workspaceId: null }]);
  }

  /** Has every event from now on shown to the observer, one after the other, inside the publishing transaction. */
  observe(observer: EventObserver): void {
    this.#observers.push(async (events) => {
      for (const event of events) await observer(event);
    });
  }

  /** As {@link observe}, with all events of one call at once. */
  observeBatches(observer: EventBatchObserver): void {
    this.#observers.push(observer);
  }

  async #write(events: readonly (EventToPublish & { workspaceId: string | null })[]): Promise<void> {
    if (events.length === 0) return;
    const createdAt = this.clock.now();
    const written: PublishedEvent[] = events.map(({ workspaceId, type, agentId, payload }) => ({
      id: this.ids.next(),
      workspaceId,
      agentId: agentId ?? null,
      type,
      payload,
      createdAt,
    }));
    await this.repository.insert(written);
    for (const observer of this.#observers) await observer(written);
  }
}
