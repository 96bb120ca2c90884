import type { EventSink } from '../events/event-feed.types.js';
import type { StreamedEvent } from '../events/events.types.js';

/** Waits for the event that says what became of one approval. */
export class DecisionSink implements EventSink {
  #settle: () => void = () => undefined;

  /** Resolves with the event, and when no more events will come. */
  readonly settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  constructor(private readonly approvalId: string) {}

  take({ type, payload }: StreamedEvent): void {
    if (type === 'APPROVAL_DECIDED' && payload.approval_id === this.approvalId) this.#settle();
  }

  isFull(): boolean {
    return false;
  }

  drained(): Promise<boolean> {
    return Promise.resolve(true);
  }

  end(): void {
    this.#settle();
  }
}
