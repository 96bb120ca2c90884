import { Injectable } from '@nestjs/common';
import type { Actor } from '#kernel';
import { CountedPlaces, type Release } from './counted-places.js';
import { eventStreamErrors } from './event-streams.errors.js';
import { StreamLimits } from './stream-limits.js';

/** Counts the open streams of this process, so that no caller takes them all. */
@Injectable()
export class StreamSlotsService {
  readonly #slots = new CountedPlaces();

  constructor(private readonly limits: StreamLimits) {}

  /** Takes a slot for a caller. @throws AppError 429 `event_stream.too_many`, 503 `event_stream.full`. */
  take(actor: Actor): Release {
    const caller = actor.tokenId ?? actor.sessionId ?? actor.userId ?? actor.kind;
    if (this.#slots.countOf(caller) >= this.limits.perCaller)
      throw eventStreamErrors.tooMany({ params: { most: this.limits.perCaller }, headers: { 'Retry-After': '30' } });
    if (this.#slots.total >= this.limits.total) throw eventStreamErrors.full({ headers: { 'Retry-After': '30' } });
    return this.#slots.take(caller);
  }
}
