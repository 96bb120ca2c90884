import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Transactions } from '#kernel';
import { startTestApp, type TestApp } from '#testing';
import { JobHandlers } from './job-handlers.js';
import { JobQueue } from './job-queue.js';
import { JobRunner } from './job-runner.js';

let here: TestApp;
let queue: JobQueue;
let runner: JobRunner;
const done: unknown[] = [];

beforeAll(async () => {
  here = await startTestApp();
  queue = here.app.get(JobQueue, { strict: false });
  runner = here.app.get(JobRunner, { strict: false });
  here.app.get(JobHandlers, { strict: false }).register('test.note', async (payload) => void done.push(payload));
});

afterAll(() => here.close());

describe('jobs', () => {
  it('run when the clock says so, not before, and once', async () => {
    await queue.add('test.note', { n: 1 });
    await queue.add('test.note', { n: 2 }, { key: 'two', runAt: new Date(here.clock.now().getTime() + 60_000) });
    await runner.runDue();
    expect(done.splice(0)).toEqual([{ n: 1 }]);
    here.clock.advanceMs(60_000);
    await runner.runDue();
    await runner.runDue();
    expect(done.splice(0)).toEqual([{ n: 2 }]);
  });

  it('of one key replace each other while they wait', async () => {
    await queue.addAll([1, 2, 3].map((n) => ({ task: 'test.note', payload: { n }, key: 'one' })));
    await queue.add('test.note', { n: 4 }, { key: 'one' });
    await runner.runDue();
    expect(done.splice(0)).toEqual([{ n: 4 }]);
  });

  it('exist only when their transaction is committed', async () => {
    const given = here.app.get(Transactions, { strict: false }).run(async () => {
      await queue.add('test.note', { n: 5 });
      throw new Error('given up');
    });
    await expect(given).rejects.toThrow('given up');
    await runner.runDue();
    expect(done).toEqual([]);
  });
});
