import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, Ids, Random, RandomIds, SystemClock, SystemRandom } from '#kernel';

/** Time, randomness and ids. */
export interface Ports {
  clock: Clock;
  random: Random;
  ids: Ids;
}

/** The machine's own clock and random source. */
export function systemPorts(): Ports {
  const clock = new SystemClock();
  return { clock, random: new SystemRandom(), ids: new RandomIds(clock) };
}

/** Gives every module the ports that the process was started with. */
@Module({})
export class PortsModule {
  static of({ clock, random, ids }: Ports): DynamicModule {
    return {
      module: PortsModule,
      global: true,
      providers: [
        { provide: Clock, useValue: clock },
        { provide: Random, useValue: random },
        { provide: Ids, useValue: ids },
      ],
      exports: [Clock, Random, Ids],
    };
  }
}
