import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Transactions } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import type { DeliveryOutcome } from '../../../apps/api/src/modules/deliveries/deliveries.types.js';
import { DeliveryOutcomes } from '../../../apps/api/src/modules/deliveries/delivery-outcomes.service.js';
import { DueSchedulesService } from '../../../apps/api/src/modules/schedules/due-schedules.service.js';
import {
  type ScheduleAnswer,
  ScheduleConversations,
} from '../../../apps/api/src/modules/schedules/schedule-conversations.service.js';
import { ScheduleRunSweepService } from '../../../apps/api/src/modules/schedules/schedule-run-sweep.service.js';

const all = '/api/v1/workspaces/{workspaceId}/schedules';
const one = '/api/v1/workspaces/{workspaceId}/schedules/{scheduleId}';
const adminToken = 'an-administrator-token-of-this-test';

let test: TestApp;
let owner: SeededMember;
let scheduleId: string;
const answers: ScheduleAnswer[] = [];
let context = new Map<string, string>();

beforeAll(async () => {
  test = await startTestApp({ env: { ADMIN_TOKEN: adminToken, CREWSHIP_RATELIMIT_DISABLED: 'true' } });
  // In the place of the channels, which have specs of their own.
  const conversations = test.app.get(ScheduleConversations, { strict: false });
  vi.spyOn(conversations, 'contextsOf').mockImplementation(async () => context);
  vi.spyOn(conversations, 'answered').mockImplementation(async (answer) => void answers.push(answer));
});
beforeEach(async () => {
  owner = await test.seed.workspace();
  await test.seed.agent(owner.workspaceId, { agentRole: 'LEAD' });
  const body = { cron_expr: '* * * * *', prompt: 'Anything new?', name: 'News', enabled: false };
  const { data } = await test.as(owner).POST(all, { params: { path: { workspaceId: owner.workspaceId } }, body });
  scheduleId = data?.id ?? '';
});
afterAll(() => test.close());

const at = () => ({ params: { path: { workspaceId: owner.workspaceId, scheduleId } } });
const run = async (by = owner) => test.as(by).POST(`${one}/run`, at());
const history = async () => (await test.as(owner).GET(`${one}/history`, at())).data ?? [];
const get = async () => (await test.as(owner).GET(one, at())).data;
const eventsOf = (type: string) =>
  test.prisma.client.event.findMany({ where: { type, workspaceId: owner.workspaceId }, orderBy: { seq: 'asc' } });

// What the dispatcher tells when a message ends.
async function told(what: 'settled' | 'replied', runId: string, values: Partial<DeliveryOutcome> = {}): Promise<void> {
  test.clock.advanceMs(1_500);
  const outcome: DeliveryOutcome = {
    deliveryId: 'dlv_1',
    workspaceId: owner.workspaceId,
    agentId: null,
    originId: runId,
    runId: null,
    status: 'delivered',
    startedAt: test.clock.now(),
    finishedAt: test.clock.now(),
    error: null,
    replyText: null,
    responseBody: '{"result":"done"}',
    ...values,
  };
  const listener = test.app.get(DeliveryOutcomes, { strict: false }).of('schedule');
  await test.app.get(Transactions, { strict: false }).run(async () => listener?.[what](outcome));
}

async function fired(): Promise<string> {
  test.clock.advanceMs(1_000);
  return (await run()).data?.run_id ?? '';
}

describe('running a schedule now', () => {
  it('sends its prompt although it is switched off, and leaves its plan alone', async () => {
    const before = await get();
    const { data, response } = await run();
    expect([response.status, data]).toEqual([
      200,
      { status: 'fired', workspace_id: owner.workspaceId, prompt: 'Anything new?', run_id: expect.any(String) },
    ]);
    const delivery = await test.prisma.client.delivery.findFirstOrThrow({ where: { originId: data?.run_id ?? '' } });
    expect(delivery).toMatchObject({ type: 'agent.message', originKind: 'schedule', workspaceId: owner.workspaceId });
    expect(await history()).toMatchObject([
      {
        run_id: data?.run_id,
        trigger: 'manual',
        status: 'running',
        duration_ms: null,
        finished_at: null,
        error_detail: '',
        delivery_id: delivery.id,
        request: { schedule_id: scheduleId, schedule_name: 'News', cron_expr: '* * * * *', prompt: 'Anything new?' },
      },
    ]);
    expect(await get()).toMatchObject({ next_run_at: before?.next_run_at, enabled: false, run_count: 1 });
  });

  it('makes a run each time, also at once', async () => {
    const answers = await Promise.all([run(), run(), run()]);
    expect(new Set(answers.map(({ data }) => data?.run_id)).size).toBe(3);
    expect(await get()).toMatchObject({ run_count: 3 });
  });

  it('needs who may write, and leaves a trace', async () => {
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    expect((await run(member)).response.status).toBe(403);
    await run();
    const [row, ...more] = await test.prisma.client.auditLog.findMany({
      where: { action: 'schedule.run', entityId: scheduleId },
    });
    expect([row?.userId, more]).toEqual([owner.userId, []]);
  });

  it('puts before the prompt what was said in the workspace’s channel', async () => {
    context = new Map([[owner.workspaceId, '[Slack channel context — recent team messages]\n- Ada: hi']]);
    const { data } = await run();
    context = new Map();
    const { data: sent } = await test.prisma.client.delivery.findFirstOrThrow({
      where: { originId: data?.run_id ?? '' },
    });
    const text = '[Slack channel context — recent team messages]\n- Ada: hi\n\nAnything new?';
    expect(sent).toMatchObject({ params: { message: { parts: [{ kind: 'text', text }] } } });
    expect(data?.prompt).toBe('Anything new?');
  });
});

describe('the end of a run', () => {
  it('is told when the message arrived, with how long it took', async () => {
    const runId = await fired();
    await told('settled', runId);
    expect(await history()).toMatchObject([{ status: 'ok', duration_ms: 1_500, error_detail: '' }]);
    expect(await get()).toMatchObject({ last_status: 'ok', last_error: '' });
    const payload = { schedule_id: scheduleId, schedule_name: 'News', status: 'ok', run_id: runId };
    expect((await eventsOf('CRON_EXECUTED')).map((event) => event.payload)).toEqual([payload]);
  });

  it('is an error where there is nobody to send it to', async () => {
    await told('settled', await fired(), { status: 'no_endpoint', responseBody: null, error: 'x' });
    const error = 'no delivery endpoint';
    expect([await history(), await get()]).toMatchObject([
      [{ status: 'error', error_detail: error }],
      { last_status: 'error', last_error: error },
    ]);
  });

  it('is the answer, which goes on to the workspace’s people', async () => {
    const runId = await fired();
    await told('settled', runId, { replyText: 'All quiet.' });
    await told('replied', runId, { replyText: 'All quiet.' });
    expect(await history()).toMatchObject([{ status: 'ok', response_excerpt: 'All quiet.', duration_ms: 3_000 }]);
    expect(answers.filter((answer) => answer.runId === runId)).toEqual([
      { workspaceId: owner.workspaceId, scheduleId, scheduleName: 'News', runId, text: 'All quiet.' },
    ]);
    expect(await eventsOf('CRON_EXECUTED')).toHaveLength(1);
  });

  it('is stale for the third time that nothing was answered, until something is', async () => {
    const statuses = [];
    for (let count = 0; count < 3; count += 1) {
      await told('settled', await fired(), { responseBody: '' });
      statuses.push((await get())?.last_status);
    }
    expect(statuses).toEqual(['ok', 'ok', 'stale']);
    expect((await get())?.last_error).toContain('3 consecutive times');
    await told('replied', (await history())[0]?.run_id ?? '', { replyText: 'Late, but here.' });
    expect(await get()).toMatchObject({ last_status: 'ok', last_error: '' });
    await told('settled', await fired(), { responseBody: '' });
    expect(await get()).toMatchObject({ last_status: 'ok' });
  });

  it('does not hide how a later run did', async () => {
    const first = await fired();
    const second = await fired();
    await told('settled', second);
    await told('settled', first, { status: 'dead', error: 'HTTP 500', responseBody: null });
    expect((await history()).map(({ status }) => status)).toEqual(['ok', 'error']);
    expect(await get()).toMatchObject({ last_status: 'ok', last_error: '' });
  });

  it('of a schedule that is gone is nobody’s business', async () => {
    const runId = await fired();
    await test.as(owner).DELETE(one, at());
    await told('settled', runId);
    expect(await eventsOf('CRON_EXECUTED')).toEqual([]);
  });
});

describe('the history', () => {
  it('goes from the newest to the oldest, twenty at a time unless told', async () => {
    const ids = [];
    for (let count = 0; count < 22; count += 1) ids.unshift(await fired());
    expect((await history()).map(({ run_id }) => run_id)).toEqual(ids.slice(0, 20));
    const query = { limit: 5, offset: 20 };
    const page = await test.as(owner).GET(`${one}/history`, { params: { ...at().params, query } });
    expect(page.data?.map(({ run_id }) => run_id)).toEqual(ids.slice(20));
    expect(page.response.headers.get('x-total-count')).toBe('22');
  });

  it('forgets runs after thirty days', async () => {
    await fired();
    test.clock.advanceMs(31 * 86_400_000);
    const kept = await fired();
    await test.app.get(ScheduleRunSweepService, { strict: false }).runOnce();
    expect((await history()).map(({ run_id }) => run_id)).toEqual([kept]);
  });

  it('holds what the clock set off', async () => {
    await test.as(owner).PATCH(one, { ...at(), body: { enabled: true } });
    const slot = (await get())?.next_run_at;
    test.clock.advanceMs(60_000);
    await test.app.get(DueSchedulesService, { strict: false }).runDue();
    expect(await history()).toMatchObject([{ trigger: 'schedule', scheduled_for: slot }]);
  });
});

describe('health', () => {
  it('of a workspace says how schedules do, not what they say', async () => {
    await told('settled', await fired(), { status: 'dead', error: 'HTTP 500', responseBody: null });
    const path = '/api/v1/workspaces/{workspaceId}/schedules/health' as const;
    const { data } = await test.as(owner).GET(path, { params: { path: { workspaceId: owner.workspaceId } } });
    expect(data).toEqual([
      {
        id: scheduleId,
        name: 'News',
        enabled: false,
        last_run_at: expect.any(String),
        next_run_at: expect.any(String),
        run_count: 1,
        last_status: 'error',
        last_error: 'HTTP 500',
      },
    ]);
    const { token } = await test.seed.workspace();
    const foreign = await test.as({ token }).GET(path, { params: { path: { workspaceId: owner.workspaceId } } });
    expect(foreign.response.status).toBe(404);
    const guessed = await test.call(`/api/v1/workspaces/${owner.workspaceId}/schedules/health`, {
      headers: { 'X-Workspace-ID': 'system:scheduler' },
    });
    expect(guessed.status).toBe(401);
  });

  it('of the instance tells who does not keep the time, to its administrator only', async () => {
    await test.prisma.client.schedule.deleteMany();
    const now = test.clock.now().getTime();
    const made = { workspaceId: owner.workspaceId, prompt: 'x', createdAt: new Date(now), updatedAt: new Date(now) };
    const hourly = { ...made, cronExpr: '0 * * * *', nextRunAt: new Date(now + 60_000) };
    await test.prisma.client.schedule.createMany({
      data: [
        { ...hourly, id: 'h1', name: 'b punctual', lastRunAt: new Date(now - 7_100_000) },
        { ...hourly, id: 'h2', name: 'c late', lastRunAt: new Date(now - 7_300_000) },
        { ...hourly, id: 'h3', name: 'a new' },
        { ...hourly, id: 'h4', name: 'd off', enabled: false },
      ],
    });
    const path = '/api/v1/admin/schedules/health' as const;
    const { data } = await test.as({ token: adminToken }).GET(path);
    expect(data?.map((row) => [row.schedule_name, row.status, row.stale_threshold_seconds])).toEqual([
      ['a new', 'never_run', 7_200],
      ['b punctual', 'ok', 7_200],
      ['c late', 'stale', 7_200],
    ]);
    expect((await test.as(owner).GET(path)).response.status).toBe(403);
  });
});
