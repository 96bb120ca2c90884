import { Injectable } from '@nestjs/common';
import type { Actor } from '#kernel';
import { eventStreamErrors } from './event-streams.errors.js';
import { StreamLimits } from './stream-limits.js';

/** Gives a slot back. */
export type Release = () => void;

/** Counts the open streams of this process, so that no caller takes them all. */
@Injectable()
export class StreamSlotsService {
  readonly #open = new Map<string, number>();
  #total = 0;

  constructor(private readonly limits: StreamLimits) {}

  /** Takes a slot for a caller. @throws AppError 429 `event_stream.too_many`, 503 `event_stream.full`. */
  take(actor: Actor): Release {
    const caller = actor.tokenId ?? actor.sessionId ?? actor.userId ?? actor.kind;
    const count = this.#open.get(caller) ?? 0;
    if (count >= this.limits.perCaller)
      throw eventStreamErrors.tooMany({ params: { most: this.limits.perCaller }, headers: { 'Retry-After': '30' } });
    if (this.#total >= this.limits.total) throw eventStreamErrors.full({ headers: { 'Retry-After': '30' } });
    this.#open.set(caller, count + 1);
    this.#total += 1;
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      this.#total -= 1;
      const left = (this.#open.get(caller) ?? 1) - 1;
      if (left > 0) this.#open.set(caller, left);
      else this.#open.delete(caller);
    };
  }
}
