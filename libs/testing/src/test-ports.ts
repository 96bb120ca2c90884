import { Clock, RandomIds, SystemRandom } from '#kernel';

/** A clock that stands still until a test moves it. */
export class TestClock extends Clock {
  #now: Date;

  constructor(start: Date = new Date()) {
    super();
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves the clock by so many milliseconds, backwards when negative. */
  advanceMs(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms);
  }
}

/** Ports of a test: its own clock, real randomness, ids by that clock. */
export function testPorts(): { clock: TestClock; random: SystemRandom; ids: RandomIds } {
  const clock = new TestClock();
  return { clock, random: new SystemRandom(), ids: new RandomIds(clock) };
}
