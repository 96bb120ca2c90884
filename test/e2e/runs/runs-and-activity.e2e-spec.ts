import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

describe('runs and activity', () => {
  let test: TestApp;
  let owner: SeededMember;
  let agent: string;
  let crew: string;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crew = await test.seed.crew(owner.workspaceId, { name: 'Ops' });
    agent = await test.seed.agent(owner.workspaceId, { crewId: crew, name: 'Ada', slug: 'ada' });
  });
  afterAll(() => test.close());

  const run = async (workspaceId: string, values: { status: string; createdAt?: Date; tags?: string[] }) => {
    test.clock.advanceMs(1_000);
    const id = `run-${test.clock.now().getTime()}`;
    const base = { id, workspaceId, agentId: agent, triggerType: 'schedule', createdAt: test.clock.now() };
    await test.prisma.client.agentRun.create({ data: { ...base, ...values } });
    return id;
  };

  it('are empty until something happened', async () => {
    const fresh = await test.seed.workspace();
    expect((await test.as(fresh).GET('/api/v1/runs', {})).data).toEqual({
      data: [],
      stats: { running: 0, today: 0, failed: 0 },
      pagination: { page: 1, limit: 50, total: 0, total_pages: 0 },
    });
    expect((await test.as(fresh).GET('/api/v1/activity', {})).data).toEqual([]);
  });

  it('runs are listed newest first with their agent, narrowed, and counted whatever the filter', async () => {
    const old = await run(owner.workspaceId, { status: 'FAILED', createdAt: new Date('2020-01-01T00:00:00Z') });
    const running = await run(owner.workspaceId, { status: 'RUNNING', tags: ['nightly'] });
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const all = await test.as(viewer).GET('/api/v1/runs', {});
    expect(all.data?.data.map((row) => row.id)).toEqual([running, old]);
    expect(all.data?.data[0]).toMatchObject({ agent_name: 'Ada', agent_slug: 'ada', crew_name: 'Ops', metadata: null });
    const stats = { running: 1, today: 1, failed: 1 };
    expect(all.data?.stats).toEqual(stats);
    for (const query of [{ status: 'RUNNING' }, { tag: 'nightly' }] as const) {
      const narrowed = await test.as(viewer).GET('/api/v1/runs', { params: { query } });
      expect(narrowed.data?.data.map((row) => row.id)).toEqual([running]);
      expect(narrowed.data?.stats).toEqual(stats);
    }
    const none = await test.as(viewer).GET('/api/v1/runs', { params: { query: { trigger: 'manual' } } });
    expect(none.data?.data).toEqual([]);
  });

  it('a run is read by id, and a foreign one is as absent as none', async () => {
    const theirs = await test.seed.workspace();
    const foreign = await run(theirs.workspaceId, { status: 'COMPLETED' });
    const at = (runId: string) => test.as(owner).GET('/api/v1/runs/{runId}', { params: { path: { runId } } });
    const mine = await run(owner.workspaceId, { status: 'COMPLETED' });
    expect((await at(mine)).data).toMatchObject({ id: mine, status: 'COMPLETED' });
    for (const id of [foreign, 'nothing'])
      expect((await at(id)).error).toMatchObject({ status: 404, detail: 'run not found' });
  });

  it('runs are not narrowed by a state that does not exist', async () => {
    const response = await test.call(`/api/v1/runs?workspace_id=${owner.workspaceId}&status=BORED`, {
      token: owner.token,
    });
    expect(response.status).toBe(400);
  });

  it('the feed shows the workspace’s own entries, newest first, 30 unless told', async () => {
    const theirs = await test.seed.workspace();
    const entry = (number: number, workspaceId: string) => ({
      id: `entry-${number}`,
      workspaceId,
      type: 'assignment',
      status: 'done',
      summary: `entry ${number}`,
      fromAgentId: agent,
      fromName: 'Ada',
      fromSlug: 'ada',
      crewId: number % 2 === 0 ? crew : null,
      crewName: 'Ops',
      crewSlug: 'ops',
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, number)),
    });
    const data = Array.from({ length: 32 }, (_, number) => entry(number, owner.workspaceId));
    await test.prisma.client.activityEntry.createMany({ data: [...data, entry(99, theirs.workspaceId)] });
    const feed = await test.as(owner).GET('/api/v1/activity', {});
    expect(feed.data).toHaveLength(30);
    expect(feed.data?.[0]).toMatchObject({ id: 'entry-31', type: 'assignment', to_name: null, crew_color: null });
    expect(feed.response.headers.get('X-Total-Count')).toBe('32');
    const query = { crew_id: crew, agent_id: agent, limit: 2, offset: 1 };
    const narrowed = await test.as(owner).GET('/api/v1/activity', { params: { query } });
    expect(narrowed.data?.map((each) => each.id)).toEqual(['entry-28', 'entry-26']);
  });

  it.each(['/api/v1/runs', '/api/v1/activity'] as const)('%s is for members only', async (path) => {
    const stranger = await test.seed.workspace();
    const there = { token: stranger.token, workspaceId: owner.workspaceId };
    expect((await test.as(there).GET(path, {})).response.status).toBe(403);
    expect((await test.as({ token: owner.token }).GET(path, {})).error).toMatchObject({
      status: 400,
      detail: 'workspace_id is required',
    });
  });
});
