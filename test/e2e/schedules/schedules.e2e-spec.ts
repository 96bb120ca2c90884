import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const all = '/api/v1/workspaces/{workspaceId}/schedules';
const one = '/api/v1/workspaces/{workspaceId}/schedules/{scheduleId}';

let test: TestApp;
let owner: SeededMember;

beforeAll(async () => {
  test = await startTestApp({ env: { CREWSHIP_RATELIMIT_DISABLED: 'true' } });
  owner = await test.seed.workspace();
});
afterAll(() => test.close());

const daily = { cron_expr: '0 9 * * *', prompt: 'Anything new?' };
const at = (by: Pick<SeededMember, 'workspaceId'>) => ({ params: { path: { workspaceId: by.workspaceId } } });
const of = (by: Pick<SeededMember, 'workspaceId'>, scheduleId: string) => ({
  params: { path: { workspaceId: by.workspaceId, scheduleId } },
});
const create = (body: object, by = owner) => test.as(by).POST(all, { ...at(by), body: body as typeof daily });
const made = async (body: object = daily, by = owner) => {
  const { data, error } = await create({ ...daily, ...body }, by);
  if (!data) throw new Error(JSON.stringify(error));
  return data;
};
const get = async (id: string, by = owner) => (await test.as(by).GET(one, of(by, id))).data;
const change = (id: string, body: object, by = owner) => test.as(by).PATCH(one, { ...of(by, id), body });
const tokenOf = async (by: SeededMember, scopes: string[]) => {
  const path = '/api/v1/workspaces/{workspaceId}/tokens' as const;
  const { data } = await test.as(by).POST(path, { ...at(by), body: { kind: 'workspace', scopes } });
  return data?.auth_token ?? '';
};

describe('making a schedule', () => {
  it('answers when it runs, by both names of the expression', async () => {
    const { data, response } = await create({ ...daily, name: 'Both', timezone: 'Asia/Tokyo', prompt: 'a\r\nb\r' });
    expect([response.status, data]).toMatchObject([201, { status: 'created', name: 'Both' }]);
    expect(data?.next_runs).toHaveLength(5);
    expect(data?.next_runs[0]).toBe(data?.next_run_at);
    expect(data?.next_run_at).toMatch(/T00:00:00\.000Z$/);
    expect(await get(data?.id ?? '')).toMatchObject({
      workspace_id: owner.workspaceId,
      agent_id: null,
      cron_expr: '0 9 * * *',
      expression: '0 9 * * *',
      timezone: 'Asia/Tokyo',
      prompt: 'a\nb',
      enabled: true,
      source: 'runtime',
      run_count: 0,
      last_run_at: null,
      last_status: '',
      last_error: '',
      next_runs: data?.next_runs,
    });
  });

  it('takes the expression by either name, cron_expr first', async () => {
    const either = await made({ cron_expr: undefined, expression: '0 1 * * *' });
    const both = await made({ cron_expr: '0 2 * * *', expression: '0 1 * * *' });
    expect([(await get(either.id))?.cron_expr, (await get(both.id))?.cron_expr]).toEqual(['0 1 * * *', '0 2 * * *']);
  });

  it('makes up a name where there is none, as often as asked', async () => {
    const names = [await made(), await made(), await made({ name: '' })].map(({ name }) => name);
    expect(new Set(names).size).toBe(3);
  });

  it('knows when a schedule that is switched off would run', async () => {
    const { next_run_at } = await made({ enabled: false });
    expect(next_run_at).not.toBeNull();
  });

  it.each([
    [{}, 'cron_expr and prompt are required'],
    [{ prompt: 'x' }, 'cron_expr and prompt are required'],
    [{ cron_expr: '0 9 * * *' }, 'cron_expr and prompt are required'],
    [{ cron_expr: '0 9 * * *', prompt: '\r' }, 'cron_expr and prompt are required'],
    [{ cron_expr: 9, prompt: 'x' }, 'cron_expr and prompt are required'],
    [{ ...daily, timezone: 'Mars/Olympus' }, 'invalid timezone: Mars/Olympus'],
    [{ ...daily, timezone: 'utc' }, 'invalid timezone: utc'],
    [{ ...daily, timezone: '+02:00' }, 'invalid timezone: +02:00'],
    [{ ...daily, cron_expr: '@daily' }, 'invalid request body'],
    [{ ...daily, cron_expr: '0 0 * * 7' }, 'invalid request body'],
    [{ ...daily, cron_expr: 'TZ=UTC' }, 'invalid request body'],
    [{ ...daily, cron_expr: '0 0 30 2 *' }, 'cron_expr never runs. No month that it names has such a day'],
    [{ ...daily, agent_id: 'nobody' }, 'agent_id does not name an agent of this workspace'],
  ])('refuses %j', async (body, detail) => {
    const { error, response } = await create(body);
    expect([response.status, error?.detail]).toEqual([400, detail]);
  });

  it.each([
    ['name', 201, 'name must be at most 200 characters long'],
    ['prompt', 65_537, 'prompt must be at most 65536 characters long'],
    ['cron_expr', 513, 'the expression must be at most 512 characters long'],
  ])('refuses a %s of %i characters', async (member, length, detail) => {
    const { error, response } = await create({ ...daily, [member]: '1'.repeat(length) });
    expect([response.status, error?.detail]).toEqual([400, detail]);
  });

  it('row 40: refuses an expression of six fields and says why', async () => {
    const { error } = await create({ ...daily, cron_expr: '* * * * * *' });
    const message = 'Five fields are needed: minute, hour, day of month, month, day of week';
    expect(error?.errors).toEqual([{ field: 'cron_expr', code: 'not_cron', message }]);
  });

  it('says of an unknown zone which field it is in', async () => {
    const named = await create({ ...daily, timezone: 'Mars/Olympus' });
    const prefixed = await create({ ...daily, cron_expr: 'TZ=Mars/Olympus 0 9 * * *' });
    expect(named.error?.errors).toMatchObject([{ field: 'timezone', code: 'unknown_time_zone' }]);
    expect(prefixed.error?.errors).toMatchObject([{ field: 'cron_expr', code: 'unknown_time_zone' }]);
  });

  it('lets one of several at once have a name', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => create({ ...daily, name: 'Wanted' })));
    expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(answers.find(({ error }) => error)?.error?.detail).toBe('schedule name already exists');
  });

  it('takes a live agent of the workspace, and nobody else’s', async () => {
    const agentId = await test.seed.agent(owner.workspaceId);
    const { workspaceId } = await test.seed.workspace();
    const foreign = await create({ ...daily, agent_id: await test.seed.agent(workspaceId) });
    const deletedAt = test.clock.now();
    const gone = await create({ ...daily, agent_id: await test.seed.agent(owner.workspaceId, { deletedAt }) });
    expect([foreign.response.status, gone.response.status]).toEqual([400, 400]);
    const { id } = await made({ agent_id: agentId });
    expect((await get(id))?.agent_id).toBe(agentId);
  });

  it('stops at a thousand, also when they come at once', async () => {
    const crowded = await test.seed.workspace();
    const createdAt = test.clock.now();
    await test.prisma.client.schedule.createMany({
      data: Array.from({ length: 998 }, (_, n) => ({
        id: `crowd-${n}`,
        workspaceId: crowded.workspaceId,
        name: `crowd ${n}`,
        cronExpr: '0 3 * * *',
        prompt: 'x',
        createdAt,
        updatedAt: createdAt,
      })),
    });
    const answers = await Promise.all(Array.from({ length: 4 }, () => create(daily, crowded)));
    expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 201, 409, 409]);
  });
});

describe('listing schedules', () => {
  it('goes from the oldest to the newest, in pages, without those of others', async () => {
    const mine = await test.seed.workspace();
    const ids = [];
    for (const name of ['c', 'a', 'b']) {
      test.clock.advanceMs(1_000);
      ids.push((await made({ name }, mine)).id);
    }
    const listed = await test.as(mine).GET(all, at(mine));
    expect(listed.data?.map(({ id }) => id)).toEqual(ids);
    const query = { limit: 1, offset: 1 };
    const page = await test.as(mine).GET(all, { params: { ...at(mine).params, query } });
    expect([page.data?.map(({ id }) => id), page.response.headers.get('x-total-count')]).toEqual([[ids[1]], '3']);
  });
});

describe('changing a schedule', () => {
  it('leaves what is absent or null, and answers so', async () => {
    const { id } = await made({ name: 'Stays', timezone: 'Europe/Berlin' });
    const before = await get(id);
    const { data, response } = await change(id, {
      name: null,
      cron_expr: null,
      prompt: null,
      enabled: null,
      timezone: null,
    });
    expect([response.status, data?.status]).toEqual([200, 'updated']);
    expect(await get(id)).toEqual({ ...before, updated_at: expect.any(String) });
    expect((await change(id, {})).response.status).toBe(200);
  });

  it('sets the next run anew with the expression and with the zone', async () => {
    const { id } = await made({ cron_expr: '0 9 * * *' });
    const { data: moved } = await change(id, { timezone: 'Asia/Tokyo' });
    expect(moved?.next_run_at).toMatch(/T00:00:00\.000Z$/);
    const { data: other } = await change(id, { expression: '30 9 * * *' });
    expect(other?.next_run_at).toMatch(/T00:30:00\.000Z$/);
    expect(await get(id)).toMatchObject({ cron_expr: '30 9 * * *', next_run_at: other?.next_run_at });
  });

  it('does not make up for what was missed while it was switched off', async () => {
    const { id, next_run_at } = await made({ cron_expr: '0 * * * *', enabled: false });
    test.clock.advanceMs(3 * 3_600_000);
    const { data } = await change(id, { enabled: true });
    expect(new Date(data?.next_run_at ?? 0).getTime()).toBeGreaterThan(test.clock.now().getTime());
    expect(data?.next_run_at).not.toBe(next_run_at);
  });

  it('gives it to another agent, and back to the lead', async () => {
    const agentId = await test.seed.agent(owner.workspaceId);
    const { id } = await made();
    await change(id, { agent_id: agentId });
    expect((await get(id))?.agent_id).toBe(agentId);
    await change(id, { agent_id: null });
    expect((await get(id))?.agent_id).toBeNull();
  });

  it.each([
    [{ timezone: 'Nowhere' }, 'invalid timezone: Nowhere'],
    [{ cron_expr: '61 * * * *' }, 'invalid request body'],
    [{ cron_expr: '0 0 31 4,6,9,11 *' }, 'cron_expr never runs. No month that it names has such a day'],
    [{ enabled: 'yes' }, 'enabled must be true or false'],
    [{ agent_id: 'nobody' }, 'agent_id does not name an agent of this workspace'],
  ])('refuses %j', async (body, detail) => {
    const { id } = await made();
    const { error, response } = await change(id, body);
    expect([response.status, error?.detail]).toEqual([400, detail]);
  });

  it('refuses the name of another one', async () => {
    await made({ name: 'Taken' });
    const { id } = await made();
    const { error, response } = await change(id, { name: 'Taken' });
    expect([response.status, error?.detail]).toEqual([409, 'schedule name already exists']);
  });
});

describe('deleting a schedule', () => {
  it('is done once', async () => {
    const { id } = await made();
    const first = await test.as(owner).DELETE(one, of(owner, id));
    const second = await test.as(owner).DELETE(one, of(owner, id));
    expect([first.response.status, first.data, second.response.status, second.error?.detail]).toEqual([
      200,
      { status: 'deleted' },
      404,
      'schedule not found',
    ]);
  });
});

describe('who may do what', () => {
  it('leaves a trace of every change, without the prompt', async () => {
    const { id } = await made({ prompt: 'a confidential prompt' });
    await change(id, { prompt: 'another confidential prompt', enabled: false });
    await test.as(owner).DELETE(one, of(owner, id));
    const rows = await test.prisma.client.auditLog.findMany({ where: { entityId: id }, orderBy: { id: 'asc' } });
    expect(rows.map(({ action }) => action).sort()).toEqual(['schedule.create', 'schedule.delete', 'schedule.update']);
    expect(JSON.stringify(rows)).not.toContain('confidential');
  });

  it('lets members read and managers write', async () => {
    const { id } = await made();
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    expect((await test.as(viewer).GET(all, at(owner))).response.status).toBe(200);
    expect((await create(daily, member)).response.status).toBe(403);
    expect((await change(id, {}, member)).response.status).toBe(403);
    expect((await create(daily, manager)).response.status).toBe(201);
  });

  it('opens to a token of the workspace within its scopes, and to none of another one', async () => {
    const { workspaceId } = owner;
    const reading = await tokenOf(owner, ['schedules:read']);
    const writing = await tokenOf(owner, ['schedules:write']);
    const other = await tokenOf(await test.seed.workspace(), ['*']);
    const path = `/api/v1/workspaces/${workspaceId}/schedules`;
    const post = (token: string) => test.call(path, { method: 'POST', token, json: daily });
    const statuses = [
      (await test.call(path, { token: reading })).status,
      (await post(reading)).status,
      (await post(writing)).status,
      (await post(other)).status,
      (await test.call(path)).status,
    ];
    expect(statuses).toEqual([200, 403, 201, 401, 401]);
  });

  it('answers a schedule of another workspace exactly as it answers none', async () => {
    const theirs = await test.seed.workspace();
    const { id } = await made({}, theirs);
    const bytes = async (scheduleId: string) =>
      Promise.all(
        [
          await test.as(owner).GET(one, of(owner, scheduleId)),
          await test.as(owner).PATCH(one, { ...of(owner, scheduleId), body: { name: 'x' } }),
          await test.as(owner).DELETE(one, of(owner, scheduleId)),
          await test.as(owner).POST(`${one}/run`, of(owner, scheduleId)),
          await test.as(owner).GET(`${one}/history`, of(owner, scheduleId)),
        ].map(({ response, error }) => [response.status, error?.detail]),
      );
    const missing = Array.from({ length: 5 }, () => [404, 'schedule not found']);
    expect(await bytes(id)).toEqual(missing);
    expect(await bytes('nothing')).toEqual(missing);
    expect(await get(id, theirs)).toMatchObject({ id, name: expect.any(String) });
  });
});
