import type { StreamedEvent } from './events.types.js';

/** Why a subscription is over though nobody ended it. */
export type EndReason = 'slow_consumer' | 'access_lost' | 'shutting_down';

/** Where the events of one subscription go. */
export interface EventSink {
  /** Takes an event; the sink keeps what its reader has not taken yet. */
  take(event: StreamedEvent): void;
  /** Whether it keeps so much that it should be given no more now. */
  isFull(): boolean;
  /** Resolves with true when the reader has taken what was kept, with false when it has not in good time. */
  drained(): Promise<boolean>;
  /** There will be no more events. */
  end(reason: EndReason): void;
}

/** Ends a subscription; the sink is not told. */
export type Unsubscribe = () => void;
