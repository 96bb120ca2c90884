/** Gives a place back. */
export type Release = () => void;

/** Places that are taken, counted in all and by who took them. What the limits are is for others to say. */
export class CountedPlaces {
  readonly #taken = new Map<string, number>();
  #total = 0;

  /** How many are taken. */
  get total(): number {
    return this.#total;
  }

  /** How many of them somebody has. */
  countOf(taker: string): number {
    return this.#taken.get(taker) ?? 0;
  }

  /** Takes a place. What is answered gives it back, once however often it is called. */
  take(taker: string): Release {
    this.#taken.set(taker, this.countOf(taker) + 1);
    this.#total += 1;
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#total -= 1;
      const left = this.countOf(taker) - 1;
      if (left > 0) this.#taken.set(taker, left);
      else this.#taken.delete(taker);
    };
  }
}
