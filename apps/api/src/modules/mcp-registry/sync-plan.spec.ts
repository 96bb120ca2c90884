import { describe, expect, it } from 'vitest';
import { noSync } from './registry-sync.mapper.js';
import { backOffMs, changesSince, pauseMs, planSync, watermarkAfter } from './sync-plan.js';

const now = new Date('2026-11-22T12:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const ahead = (minutes: number): Date => ago(-minutes);
const day = 24 * 60;
const source = 'https://registry.example.com';
const synced = { ...noSync, source, watermark: ago(90), lastFullAt: ago(day), startedAt: ago(60), nextRunAt: ago(1) };
const asked = { source, now };

describe('planning a sync', () => {
  it('starts with everything', () => {
    expect(planSync({ ...noSync, source }, { trigger: 'automatic', ...asked })).toEqual({
      kind: 'start',
      mode: 'full',
    });
  });

  it('asks for changes once everything is known, and for everything again after a week', () => {
    expect(planSync(synced, { trigger: 'automatic', ...asked })).toEqual({ kind: 'start', mode: 'incremental' });
    const old = { ...synced, lastFullAt: ago(7 * day) };
    expect(planSync(old, { trigger: 'automatic', ...asked })).toEqual({ kind: 'start', mode: 'full' });
  });

  it('leaves a run that somebody holds alone, and takes it up when the lease is over', () => {
    const running = { ...synced, state: 'running', mode: 'full', cursor: 'c' } as const;
    const held = { ...running, leaseUntil: ahead(1) };
    expect(planSync(held, { trigger: 'manual', ...asked })).toEqual({ kind: 'running' });
    const abandoned = { ...running, leaseUntil: ago(1), cooldownUntil: ahead(30), nextRunAt: ahead(30) };
    expect(planSync(abandoned, { trigger: 'manual', ...asked })).toEqual({ kind: 'resume', mode: 'full' });
    expect(planSync(abandoned, { trigger: 'automatic', ...asked })).toEqual({ kind: 'resume', mode: 'full' });
  });

  it('holds people to the cooldown and the clock to its plan, not the other way round', () => {
    const cooling = { ...synced, cooldownUntil: ahead(20) };
    expect(planSync(cooling, { trigger: 'manual', ...asked })).toEqual({ kind: 'cooling', until: ahead(20) });
    expect(planSync(cooling, { trigger: 'automatic', ...asked }).kind).toBe('start');
    const early = { ...synced, nextRunAt: ahead(20) };
    expect(planSync(early, { trigger: 'automatic', ...asked })).toEqual({ kind: 'not_due' });
    expect(planSync(early, { trigger: 'manual', ...asked }).kind).toBe('start');
  });

  it('goes on with a failed run for a day, and never with another registry’s', () => {
    const failed = { ...synced, state: 'failed', mode: 'incremental', cursor: 'c' } as const;
    expect(planSync(failed, { trigger: 'automatic', ...asked })).toEqual({ kind: 'resume', mode: 'incremental' });
    const stale = { ...failed, startedAt: ago(day) };
    expect(planSync(stale, { trigger: 'automatic', ...asked }).kind).toBe('start');
    const moved = { trigger: 'automatic', source: 'https://other.example.com', now } as const;
    expect(planSync(failed, moved)).toEqual({ kind: 'start', mode: 'full' });
  });
});

describe('the watermark', () => {
  it('never passes the beginning of the run, since earlier pages may have changed meanwhile', () => {
    const run = { watermark: null, startedAt: ago(10) };
    expect(watermarkAfter({ ...run, nextWatermark: ago(2) })).toEqual(ago(10));
    expect(watermarkAfter({ ...run, nextWatermark: ago(60) })).toEqual(ago(60));
  });

  it('never goes back, and stays where nothing had a time', () => {
    const run = { watermark: ago(30), startedAt: ago(10) };
    expect(watermarkAfter({ ...run, nextWatermark: ago(60) })).toEqual(ago(30));
    expect(watermarkAfter({ ...run, nextWatermark: null })).toEqual(ago(30));
  });

  it('is asked for with an overlap, and not at all in a full run', () => {
    expect(changesSince({ mode: 'incremental', watermark: now })).toEqual(ago(10));
    expect(changesSince({ mode: 'full', watermark: now })).toBeNull();
  });
});

describe('the pauses', () => {
  it('double from half a minute up to an hour after failures', () => {
    expect([1, 2, 3, 20, 5_000].map((failures) => backOffMs(failures, 0) / 1_000)).toEqual([30, 60, 120, 3_600, 3_600]);
  });

  it('are an hour after a success, and a day where only everything can be asked for', () => {
    expect([pauseMs(now, 0), pauseMs(null, 0)].map((ms) => ms / 60_000)).toEqual([60, day]);
    expect(pauseMs(now, 1)).toBeGreaterThan(pauseMs(now, 0));
  });
});
