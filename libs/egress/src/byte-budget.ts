import { egressErrors } from './egress.errors.js';

/** How many decoded bytes may still be read. One budget may be shared by several requests of one operation. */
export class ByteBudget {
  #left: number;

  constructor(readonly maxBytes: number) {
    this.#left = maxBytes;
  }

  /** Spends bytes. @throws AppError `egress.response_too_large` once more is spent than there was. */
  take(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw egressErrors.responseTooLarge({ params: { maxBytes: this.maxBytes } });
  }
}
