import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SystemClock } from '#kernel';
import { JobAlarms } from './job-alarms.js';

const clock = new SystemClock();
const inMs = (ms: number) => new Date(clock.now().getTime() + ms);

describe('jobs that are due soon', () => {
  it('are looked for when they are due, not before, and those of one moment together', async () => {
    const alarms = new JobAlarms(clock);
    const rings: { at: number; jobs: number }[] = [];
    alarms.ring = (jobs) => void rings.push({ at: clock.now().getTime(), jobs });
    const due = inMs(120);
    for (let n = 0; n < 3; n += 1) alarms.expect(due);
    await wait(60);
    expect(rings).toEqual([]);
    await wait(200);
    expect(rings.map((ring) => ring.jobs)).toEqual([3]);
    expect(rings[0]?.at).toBeGreaterThanOrEqual(due.getTime());
  });

  it('are not looked for once the process stops', async () => {
    const alarms = new JobAlarms(clock);
    let rings = 0;
    alarms.ring = () => {
      rings += 1;
    };
    alarms.expect(inMs(20));
    alarms.ring = null;
    await wait(150);
    expect(rings).toBe(0);
  });
});
