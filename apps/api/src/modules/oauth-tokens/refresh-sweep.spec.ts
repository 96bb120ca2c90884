import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppConfig } from '#config';
import { SystemClock } from '#kernel';
import type { RefreshAttemptsService } from './refresh-attempts.service.js';
import type { RefreshLeasesRepository } from './refresh-leases.repository.js';
import { RefreshSweepService } from './refresh-sweep.service.js';
import type { TokenSealingService } from './token-sealing.service.js';

let sweeps: number;

beforeAll(() => Logger.overrideLogger(false));
afterAll(() => Logger.overrideLogger(true));

beforeEach(() => {
  sweeps = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the sweep in the background', () => {
  it('comes about once a minute, and no more once the process stops', async () => {
    const sweep = sweepIn('development');
    sweep.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(44_000);
    expect(sweeps).toBe(0);
    await vi.advanceTimersByTimeAsync(151_000);
    expect(sweeps).toBe(3);
    await sweep.beforeApplicationShutdown();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sweeps).toBe(3);
  });

  it('goes on after a sweep that the database failed', async () => {
    const sweep = sweepIn('development', () => Promise.reject(new Error('away')));
    sweep.onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(130_000);
    expect(sweeps).toBe(2);
    await sweep.beforeApplicationShutdown();
  });

  it('does not run by itself in tests', async () => {
    sweepIn('test').onApplicationBootstrap();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sweeps).toBe(0);
  });
});

function sweepIn(environment: AppConfig['environment'], found: () => Promise<[]> = () => Promise.resolve([])) {
  const leases: Pick<RefreshLeasesRepository, 'findDue'> = {
    findDue: () => {
      sweeps += 1;
      return found();
    },
  };
  const sealing: Pick<TokenSealingService, 'jitter'> = { jitter: () => 0.5 };
  return new RefreshSweepService(
    leases as RefreshLeasesRepository,
    {} as RefreshAttemptsService,
    sealing as TokenSealingService,
    new SystemClock(),
    { environment } as AppConfig,
  );
}
