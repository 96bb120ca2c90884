import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { DueSchedulesService } from '../../../apps/api/src/modules/schedules/due-schedules.service.js';

describe('an agent that keeps its own time', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const at = () => ({ params: { path: { workspaceId: owner.workspaceId } } });
  const beat = (body: object = {}) =>
    test.as(owner).POST('/api/v1/workspaces/{workspaceId}/heartbeat', { ...at(), body: { active_tasks: 0, ...body } });
  const runsAfter = async (ms: number): Promise<number> => {
    test.clock.advanceMs(ms);
    await test.app.get(DueSchedulesService, { strict: false }).runDue();
    return test.prisma.client.scheduleRun.count();
  };

  it('is not fired: only the next time is set, until it says otherwise or is not heard for ten minutes', async () => {
    const body = { name: 'every minute', cron_expr: '* * * * *', prompt: 'Anything new?' };
    await test.as(owner).POST('/api/v1/workspaces/{workspaceId}/schedules', { ...at(), body });
    await beat({ capabilities: { scheduler: true } });
    expect(await runsAfter(90_000)).toBe(0);
    const [row] = await test.prisma.client.schedule.findMany();
    expect([row?.runCount, row?.lastRunAt]).toEqual([0, null]);
    expect(row?.nextRunAt?.getTime()).toBeGreaterThan(test.clock.now().getTime());
    // Nobody has heard of it for so long that it may be gone.
    expect(await runsAfter(10 * 60_000)).toBe(1);
    await beat({ capabilities: { scheduler: true } });
    expect(await runsAfter(60_000)).toBe(1);
    await beat();
    expect(await runsAfter(60_000)).toBe(2);
  });
});
