import ipaddr from 'ipaddr.js';
import { CountedPlaces, type Release } from './counted-places.js';
import type { StreamLimits } from './stream-limits.js';

// Whoever has one IPv6 address has a network of them (RFC 6177).
const networkParts = 4;

/** Why a connection gets no place. */
export type PlaceRefusal = 'too_many_of_address' | 'full';

/** Places for connections that have not said yet who they are: few for each address, so that one address cannot take them all. */
export class StrangerPlaces {
  readonly #places = new CountedPlaces();

  constructor(private readonly limits: Pick<StreamLimits, 'strangers' | 'strangersPerAddress'>) {}

  /** Why a connection from there would get no place; null when it would. */
  refusalOf(address: string | null): PlaceRefusal | null {
    if (this.#places.total >= this.limits.strangers) return 'full';
    return this.#places.countOf(networkOf(address)) >= this.limits.strangersPerAddress ? 'too_many_of_address' : null;
  }

  /** Takes a place. What is answered gives it back, once however often it is called. */
  take(address: string | null): Release {
    return this.#places.take(networkOf(address));
  }
}

function networkOf(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return '';
  const parsed = ipaddr.process(address);
  return 'parts' in parsed ? parsed.parts.slice(0, networkParts).join(':') : parsed.toString();
}
