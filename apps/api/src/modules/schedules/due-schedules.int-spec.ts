import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Transactions } from '#kernel';
import type { Prisma } from '#prisma';
import { countQueries, type SeededMember, startTestApp, type TestApp } from '#testing';
import { DueSchedulesRepository } from './due-schedules.repository.js';
import { DueSchedulesService } from './due-schedules.service.js';

let here: TestApp;
let there: TestApp;
let owner: SeededMember;
let slot: Date;

beforeAll(async () => {
  here = await startTestApp();
  there = await startTestApp({ database: here.database });
});
beforeEach(async () => {
  await here.prisma.client.schedule.deleteMany();
  owner = await here.seed.workspace();
  here.clock.advanceMs(3_600_000);
  // A whole minute, shortly before now.
  slot = new Date(Math.floor(here.clock.now().getTime() / 60_000) * 60_000);
  there.clock.advanceMs(here.clock.now().getTime() - there.clock.now().getTime());
});
afterAll(async () => {
  await there.close();
  await here.close();
});

const tick = (app = here) => app.app.get(DueSchedulesService, { strict: false }).runDue();
const later = (ms: number) => {
  here.clock.advanceMs(ms);
  there.clock.advanceMs(ms);
};

async function due(count: number, values: Partial<Prisma.ScheduleUncheckedCreateInput> = {}): Promise<string[]> {
  const { workspaceId } = owner;
  const rows = Array.from({ length: count }, (_, n) => ({
    id: `${workspaceId.slice(-16)}${n}`,
    workspaceId,
    name: `schedule ${n}`,
    cronExpr: '* * * * *',
    prompt: `prompt ${n}`,
    nextRunAt: slot,
    createdAt: slot,
    updatedAt: slot,
    ...values,
  }));
  await here.prisma.client.schedule.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

const runsOf = (scheduleId: string) =>
  here.prisma.client.scheduleRun.findMany({ where: { scheduleId }, orderBy: { startedAt: 'asc' } });
const rowOf = (id: string) => here.prisma.client.schedule.findUniqueOrThrow({ where: { id } });
const deliveriesOf = (workspaceId: string) => here.prisma.client.delivery.findMany({ where: { workspaceId } });

describe('what is due', () => {
  it('is sent to the agent once, with a run, and the next moment is set', async () => {
    const agentId = await here.seed.agent(owner.workspaceId);
    const [id = ''] = await due(1, { agentId, prompt: 'Anything new?' });
    expect(await tick()).toBe(1);
    expect(await tick()).toBe(0);
    const [run, ...others] = await runsOf(id);
    expect([run, others]).toMatchObject([
      {
        trigger: 'schedule',
        scheduledFor: slot,
        startedAt: here.clock.now(),
        status: 'running',
        request: { schedule_id: id, schedule_name: 'schedule 0', cron_expr: '* * * * *', prompt: 'Anything new?' },
      },
      [],
    ]);
    const sent = (await deliveriesOf(owner.workspaceId)).filter(({ type }) => type === 'agent.message');
    expect(sent).toMatchObject([{ id: run?.deliveryId, agentId, originKind: 'schedule', originId: run?.id }]);
    const messageId = expect.stringMatching(new RegExp(`^cron-${id.slice(0, 8)}-[0-9a-f]{8}$`));
    expect(sent[0]?.data).toEqual({
      jsonrpc: '2.0',
      id: expect.any(String),
      method: 'message/send',
      params: { message: { role: 'user', messageId, parts: [{ kind: 'text', text: 'Anything new?' }] } },
    });
    const next = new Date(Math.floor(here.clock.now().getTime() / 60_000) * 60_000 + 60_000);
    expect(await rowOf(id)).toMatchObject({
      runCount: 1,
      lastRunAt: here.clock.now(),
      nextRunAt: next,
      lastStatus: '',
    });
  });

  it('row 40: is fired by one of two replicas, each slot exactly once', async () => {
    const ids = await due(450);
    await Promise.all([tick(here), tick(there), tick(here), tick(there)]);
    const runs = await here.prisma.client.scheduleRun.findMany({ where: { workspaceId: owner.workspaceId } });
    expect(runs.map(({ scheduleId }) => scheduleId).sort()).toEqual([...ids].sort());
    expect(new Set(runs.map(({ deliveryId }) => deliveryId)).size).toBe(450);
    expect(await here.prisma.client.schedule.count({ where: { id: { in: ids }, runCount: 1 } })).toBe(450);
  });

  it('costs no more statements for two hundred than for one', async () => {
    await here.seed.agent(owner.workspaceId, { agentRole: 'LEAD' });
    const statementsFor = async (count: number) => {
      await here.prisma.client.schedule.deleteMany();
      await due(count);
      const { statements } = await countQueries(() => tick());
      // Without those of the event streams, which look at their table now and then.
      return statements.filter((text) => /schedule|deliver|agent|runtimes|INTO events/.test(text)).length;
    };
    const one = await statementsFor(1);
    await here.prisma.client.agentRun.deleteMany();
    later(60_000);
    slot = new Date(slot.getTime() + 60_000);
    expect(await statementsFor(200)).toBeLessThanOrEqual(one);
    expect(one).toBeLessThan(20);
  });

  it('missed any number of slots and runs once, then at the next one from now', async () => {
    const [id = ''] = await due(1, { nextRunAt: new Date(slot.getTime() - 5 * 3_600_000) });
    await tick();
    await tick();
    expect(await runsOf(id)).toHaveLength(1);
    expect((await rowOf(id)).nextRunAt?.getTime()).toBeGreaterThan(here.clock.now().getTime());
  });

  it('is not said to another agent when its own was deleted: the schedule is switched off and says why', async () => {
    await here.seed.agent(owner.workspaceId, { agentRole: 'LEAD' });
    const gone = await here.seed.agent(owner.workspaceId, { deletedAt: slot });
    const [id = ''] = await due(1, { agentId: gone });
    await tick();
    const sent = (await deliveriesOf(owner.workspaceId)).filter(({ type }) => type === 'agent.message');
    const lastError = 'switched off: its agent was deleted; name another one';
    expect([sent, await rowOf(id)]).toMatchObject([
      [],
      { enabled: false, runCount: 0, lastStatus: 'error', lastError },
    ]);
  });

  it('does not run in a deleted workspace, and is switched off there', async () => {
    const [id = ''] = await due(1);
    await here.prisma.client.workspace.update({ where: { id: owner.workspaceId }, data: { deletedAt: slot } });
    await tick();
    expect([await runsOf(id), (await rowOf(id)).enabled]).toEqual([[], false]);
  });

  it('leaves alone what is switched off or not due yet', async () => {
    await due(1, { enabled: false });
    await here.prisma.client.schedule.updateMany({ data: { name: 'off', id: 'off' } });
    await due(1, { nextRunAt: new Date(here.clock.now().getTime() + 1) });
    expect(await tick()).toBe(0);
  });

  it('is not held up by one that cannot be fired', async () => {
    const [bad = '', ...good] = await due(3);
    await here.prisma.client
      .$executeRaw`UPDATE schedules SET next_run_at = next_run_at - interval '1 s', cron_expr = 'bad' WHERE id = ${bad}`;
    await here.prisma.client.$executeRawUnsafe(`
      CREATE OR REPLACE FUNCTION refuse_one() RETURNS trigger AS $$ BEGIN
        IF NEW.request->>'cron_expr' = 'bad' THEN RAISE EXCEPTION 'refused'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql`);
    await here.prisma.client.$executeRawUnsafe(
      'CREATE TRIGGER refuse_one BEFORE INSERT ON schedule_runs FOR EACH ROW EXECUTE FUNCTION refuse_one()',
    );
    await tick();
    await here.prisma.client.$executeRawUnsafe('DROP TRIGGER refuse_one ON schedule_runs');
    for (const id of good) expect(await runsOf(id)).toHaveLength(1);
    expect([await runsOf(bad), (await rowOf(bad)).recheckAt]).toEqual([
      [],
      new Date(here.clock.now().getTime() + 60_000),
    ]);
  });
});

describe('a claim', () => {
  it('of a replica that stands still ends with its lease, and another one fires', async () => {
    const [id = ''] = await due(1);
    const claims = there.app.get(DueSchedulesRepository, { strict: false });
    let claimed = () => {};
    const isClaimed = new Promise<void>((resolve) => {
      claimed = resolve;
    });
    let wake = () => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const frozen = there.app.get(Transactions, { strict: false }).run(async () => {
      expect(await claims.claim(there.clock.now(), 10, 300)).toHaveLength(1);
      claimed();
      await asleep;
      await claims.settle([], there.clock.now());
    });
    const outcome = frozen.then(
      () => 'committed',
      () => 'lost',
    );
    await isClaimed;
    expect(await tick(here)).toBe(0);
    let fired = 0;
    for (const giveUp = performance.now() + 5_000; fired === 0 && performance.now() < giveUp; )
      fired = await tick(here);
    wake();
    expect([fired, await outcome, (await runsOf(id)).length]).toEqual([1, 'lost', 1]);
  });
});

describe('a busy agent', () => {
  const busy = (activeTasks: number) =>
    here.prisma.client.workspaceRuntime.upsert({
      where: { workspaceId: owner.workspaceId },
      create: {
        workspaceId: owner.workspaceId,
        activeTasks,
        lastHeartbeatAt: here.clock.now(),
        createdAt: slot,
        updatedAt: slot,
      },
      update: { activeTasks, lastHeartbeatAt: here.clock.now() },
    });

  it('is looked at every ten seconds for two minutes, then the slot is skipped', async () => {
    const [id = ''] = await due(1);
    await busy(2);
    await tick();
    expect(await rowOf(id)).toMatchObject({ nextRunAt: slot, runCount: 0, busyChecks: 1 });
    for (let check = 0; check < 11; check += 1) {
      later(10_000);
      expect(await tick(check % 2 ? here : there)).toBe(1);
      expect(await tick()).toBe(0);
    }
    expect(await runsOf(id)).toEqual([]);
    later(10_000);
    await tick();
    const error = 'skipped: workspace busy (active_tasks=2)';
    expect(await rowOf(id)).toMatchObject({ runCount: 1, lastStatus: 'skipped', lastError: error, busyChecks: 0 });
    expect((await rowOf(id)).nextRunAt?.getTime()).toBeGreaterThan(here.clock.now().getTime());
    const request = {
      schedule_id: id,
      schedule_name: 'schedule 0',
      cron_expr: '* * * * *',
      skipped: true,
      active_tasks: 2,
    };
    expect(await runsOf(id)).toMatchObject([{ status: 'skipped', errorDetail: error, scheduledFor: slot, request }]);
    const events = await here.prisma.client.event.findMany({ where: { type: 'CRON_SKIPPED' } });
    const told = events.filter(({ workspaceId }) => workspaceId === owner.workspaceId);
    expect(told.map(({ payload }) => payload)).toEqual([
      { schedule_id: id, schedule_name: 'schedule 0', reason: error },
    ]);
    expect((await deliveriesOf(owner.workspaceId)).filter(({ type }) => type === 'agent.message')).toEqual([]);
  });

  it('gets the slot as soon as it has room', async () => {
    const [id = ''] = await due(1);
    await busy(1);
    await tick();
    later(10_000);
    await busy(0);
    await tick();
    expect(await runsOf(id)).toMatchObject([{ status: 'running', scheduledFor: slot }]);
  });

  it('keeps nobody else waiting', async () => {
    await due(1);
    await busy(1);
    owner = await here.seed.workspace();
    const [free = ''] = await due(1);
    await tick();
    expect(await runsOf(free)).toHaveLength(1);
  });
});

describe('a database without a free connection', () => {
  it('puts nothing off: the tick fails, and the next one fires', async () => {
    const ids = await due(3);
    const transactions = here.app.get(Transactions, { strict: false });
    const run = transactions.run.bind(transactions);
    transactions.run = () => Promise.reject(new Error('timeout exceeded when trying to connect'));
    const failed = await tick().then(
      () => 'passed',
      () => 'failed',
    );
    transactions.run = run;
    expect([failed, await here.prisma.client.schedule.count({ where: { id: { in: ids }, recheckAt: null } })]).toEqual([
      'failed',
      3,
    ]);
    expect(await tick()).toBe(3);
  });
});
