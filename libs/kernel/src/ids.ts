import { randomFillSync, randomUUID } from 'node:crypto';
import type { Clock } from './clock.js';

/** Makes row ids, as a port so that tests own them. */
export abstract class Ids {
  /** A new CUID: `c`, the time in base 36, then 16 random base-36 characters. Sorts by age, is unguessable. */
  abstract next(): string;

  /** A new random UUID (RFC 9562, version 4), for what others specify as one. */
  abstract uuid(): string;
}

/** Ids from the clock and the system's secure random source. */
export class RandomIds extends Ids {
  constructor(private readonly clock: Clock) {
    super();
  }

  next(): string {
    return `c${this.clock.now().getTime().toString(36).padStart(8, '0')}${randomBase36(16)}`;
  }

  uuid(): string {
    return randomUUID();
  }
}

// 252 = 7 * 36: bytes above it are thrown away, so that every character is equally likely.
function randomBase36(length: number): string {
  let text = '';
  while (text.length < length) {
    const byte = nextByte();
    if (byte < 252) text += (byte % 36).toString(36);
  }
  return text;
}

// One call of the system's source serves some two hundred ids; each byte is used once.
const pool = Buffer.alloc(4_096);
let used = pool.length;

function nextByte(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  used += 1;
  return byte;
}
