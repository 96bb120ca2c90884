import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RepeatingTask } from './repeating-task.js';

describe('background work that comes round again', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    Logger.overrideLogger(false);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('never runs twice at once: the next wait begins when a run has ended', async () => {
    const ends: (() => void)[] = [];
    const task = new RepeatingTask(
      'test',
      () => 100,
      () => new Promise<void>((resolve) => ends.push(resolve)),
    );
    task.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(99);
    expect(ends).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toHaveLength(2);
  });

  it('comes round again after a run that failed', async () => {
    let runs = 0;
    const task = new RepeatingTask(
      'test',
      () => 100,
      () => {
        runs += 1;
        return Promise.reject(new Error('not now'));
      },
    );
    task.start();
    await vi.advanceTimersByTimeAsync(250);
    expect(runs).toBe(2);
    await task.stop();
  });

  it('stops only after what is under way has ended, and starts nothing any more', async () => {
    let end = (): void => undefined;
    let runs = 0;
    const task = new RepeatingTask(
      'test',
      () => 100,
      () => {
        runs += 1;
        return new Promise<void>((resolve) => {
          end = resolve;
        });
      },
    );
    task.start();
    await vi.advanceTimersByTimeAsync(100);
    let stopped = false;
    const stopping = task.stop().then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([stopped, task.stopping]).toEqual([false, true]);
    end();
    await stopping;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toBe(1);
  });
});
