import ipaddr from 'ipaddr.js';
import type { StreamLimits } from './stream-limits.js';

// Whoever has one IPv6 address has a network of them (RFC 6177).
const networkParts = 4;

/** Why a connection gets no place. */
export type PlaceRefusal = 'too_many_of_address' | 'full';

/** Places for connections that have not said yet who they are: few for each address, so that one address cannot take them all. */
export class StrangerPlaces {
  readonly #taken = new Map<string, number>();
  #total = 0;

  constructor(private readonly limits: Pick<StreamLimits, 'strangers' | 'strangersPerAddress'>) {}

  /** Why a connection from there would get no place; null when it would. */
  refusalOf(address: string | null): PlaceRefusal | null {
    if (this.#total >= this.limits.strangers) return 'full';
    const count = this.#taken.get(networkOf(address)) ?? 0;
    return count >= this.limits.strangersPerAddress ? 'too_many_of_address' : null;
  }

  /** Takes a place. What is answered gives it back, once however often it is called. */
  take(address: string | null): () => void {
    const network = networkOf(address);
    this.#taken.set(network, (this.#taken.get(network) ?? 0) + 1);
    this.#total += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#total -= 1;
      const left = (this.#taken.get(network) ?? 1) - 1;
      if (left > 0) this.#taken.set(network, left);
      else this.#taken.delete(network);
    };
  }
}

function networkOf(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return '';
  const parsed = ipaddr.process(address);
  return 'parts' in parsed ? parsed.parts.slice(0, networkParts).join(':') : parsed.toString();
}
