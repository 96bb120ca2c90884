import { Injectable } from '@nestjs/common';
import type { DeliveryOutcome, MessageOrigin } from './deliveries.types.js';

/** Who hears of the messages of one kind of origin. */
export interface OutcomeListener {
  /**
   * The message was settled. Once a message, except that `no_endpoint` and `dead` may be followed by another outcome: when
   * somebody pulls it after all, or has it sent again.
   */
  settled(outcome: DeliveryOutcome): Promise<void>;
  /** The agent has answered, in the answer to the POST (then right after {@link settled}) or afterwards. Once at most. */
  replied(outcome: DeliveryOutcome): Promise<void>;
}

/**
 * Tells features what became of their messages, inside the transaction that settles: what a listener writes is kept or lost
 * with the outcome, and it must do nothing outside the database. A transaction may run again after a deadlock.
 */
@Injectable()
export class DeliveryOutcomes {
  readonly #listeners = new Map<string, OutcomeListener>();

  /** One listener a kind, in `onModuleInit`. @throws Error for a second one: that is a fault of the program. */
  register(kind: MessageOrigin, listener: OutcomeListener): void {
    if (this.#listeners.has(kind)) throw new Error(`the origin "${kind}" has two listeners`);
    this.#listeners.set(kind, listener);
  }

  /** Who hears of a kind; null for kinds that nobody asked about. */
  of(kind: string): OutcomeListener | null {
    return this.#listeners.get(kind) ?? null;
  }
}
