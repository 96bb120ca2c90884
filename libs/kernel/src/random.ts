import { randomBytes } from 'node:crypto';

/** Secure random bytes, as a port so that tests can make tokens and nonces predictable. */
export abstract class Random {
  /** `length` bytes. */
  abstract bytes(length: number): Buffer;

  /** `length` bytes as lower-case hexadecimal, twice as many characters. */
  hex(length: number): string {
    return this.bytes(length).toString('hex');
  }
}

/** The system's secure random source. */
export class SystemRandom extends Random {
  bytes(length: number): Buffer {
    return randomBytes(length);
  }
}
