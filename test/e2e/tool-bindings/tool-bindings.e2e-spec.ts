import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countQueries, type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/crews/{crewId}/integrations/{integrationId}/tools';

describe('tool bindings', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  let integrationId: string;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    integrationId = await test.seed.crewIntegration(owner.workspaceId, crewId);
  });

  const server = () => ({ crewId, integrationId });
  const list = (query = {}) => test.as(owner).GET(path, { params: { path: server(), query } });
  const patch = (toolName: string, body: Record<string, unknown>, caller = owner) =>
    test.as(caller).PATCH(`${path}/{toolName}`, { params: { path: { ...server(), toolName } }, body });
  const refresh = (tools: { name?: string; description?: string | null }[], caller = owner) =>
    test.as(caller).POST(`${path}/refresh`, { params: { path: server() }, body: { tools } });
  const raw = (suffix: string, init: Parameters<TestApp['call']>[1], crew = crewId, id = integrationId) =>
    test.call(`/api/v1/crews/${crew}/integrations/${id}/tools${suffix}?workspace_id=${owner.workspaceId}`, {
      token: owner.token,
      ...init,
    });

  it('records a tool that nobody has seen as enabled, and changes only what is given afterwards', async () => {
    const made = await patch('search', { description: 'Search issues' });
    test.clock.advanceMs(1_000);
    const switched = await patch('search', { enabled: false });
    const cleared = await patch('search', { description: null });
    expect(made.data).toMatchObject({ tool_name: 'search', description: 'Search issues', enabled: true });
    expect(switched.data).toEqual({
      ...made.data,
      enabled: false,
      updated_at: test.clock.now().toISOString(),
    });
    expect(cleared.data).toMatchObject({ id: made.data?.id, description: null, enabled: false });
  });

  it('lists by name, page by page', async () => {
    await refresh([{ name: 'b' }, { name: 'c' }, { name: 'a' }]);
    const { data, response } = await list({ limit: 2, offset: 1 });
    expect(data?.map((row) => row.tool_name)).toEqual(['b', 'c']);
    expect(response.headers.get('x-total-count')).toBe('3');
  });

  it('understands names with a slash, a percent sign and letters of any script', async () => {
    for (const name of ['repo/search', '100%', 'поиск']) {
      expect((await patch(name, { enabled: false })).data?.tool_name).toBe(name);
    }
  });

  it.each([
    ['a blank name', '/%20', 'toolName required'],
    ['a name of 256 characters', `/${'x'.repeat(256)}`, 'at most 255 characters'],
    ['a line break in the name', '/a%0Ab', 'control characters'],
  ])('refuses %s with 400', async (_case, suffix, reason) => {
    const response = await raw(suffix, { method: 'PATCH', json: { enabled: true } });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toContain(reason);
  });

  it.each([
    ['nothing', {}, 'Provide at least one of: enabled, description'],
    ['nulls that say nothing', { enabled: null }, 'Provide at least one of: enabled, description'],
    ['a switch that is a word', { enabled: 'no' }, 'enabled must be true or false'],
  ])('refuses a body with %s, and records nothing', async (_case, json, reason) => {
    const response = await raw('/search', { method: 'PATCH', json });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toBe(reason);
    expect((await list()).data).toEqual([]);
  });

  it('makes one row of two callers at once who record the same tool', async () => {
    const answers = await Promise.all([
      patch('search', { enabled: false }),
      patch('search', { description: 'Search' }),
      refresh([{ name: 'search', description: 'Seen' }]),
    ]);
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 200]);
    expect((await list()).data).toEqual([expect.objectContaining({ enabled: false })]);
  });

  describe('a refresh', () => {
    it('counts new and known tools, also twice within one instant, and every entry in total', async () => {
      const tools = [
        { name: 'search', description: 'Search issues' },
        { name: 'open' },
        { name: 'open' },
        { name: ' ' },
      ];
      expect((await refresh(tools)).data).toEqual({ created: 2, updated: 0, total: 4 });
      expect((await refresh(tools)).data).toEqual({ created: 0, updated: 2, total: 4 });
    });

    it('keeps switches, descriptions that are not given, and tools that are not in the list', async () => {
      await patch('search', { enabled: false, description: 'Old' });
      await patch('gone', { enabled: false });
      await refresh([
        { name: 'search', description: 'New' },
        { name: 'open', description: null },
      ]);
      await refresh([{ name: 'search', description: null }]);
      const { data } = await list();
      expect(data?.map((row) => [row.tool_name, row.enabled, row.description])).toEqual([
        ['gone', false, null],
        ['open', true, null],
        ['search', false, 'New'],
      ]);
    });

    it('of an empty list, or without one, does nothing', async () => {
      expect((await refresh([])).data).toEqual({ created: 0, updated: 0, total: 0 });
      const without = await raw('/refresh', { method: 'POST', json: {} });
      expect(await without.json()).toEqual({ created: 0, updated: 0, total: 0 });
    });

    it('of 2,000 tools costs as many statements as one of two, and takes 10,000 but no more', async () => {
      const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `tool-${index}` }));
      const few = await countQueries(() => refresh(many(2)));
      const lots = await countQueries(() => refresh(many(2_000)));
      expect(lots.statements.length).toBe(few.statements.length);
      expect(lots.result.data).toEqual({ created: 1_998, updated: 2, total: 2_000 });
      expect((await refresh(many(10_000))).data).toEqual({ created: 8_000, updated: 2_000, total: 10_000 });
      expect((await refresh(many(10_001))).response.status).toBe(400);
    });

    it('names the entry that cannot be a tool, and records none of the list', async () => {
      const { response, error } = await refresh([{ name: 'fine' }, { name: 'b\u0000' }]);
      expect(response.status).toBe(400);
      expect(JSON.stringify(error)).toContain('tools.1.name');
      expect((await list()).data).toEqual([]);
    });
  });

  it('lets a MANAGER read, but only OWNER and ADMIN switch', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const admin = await test.seed.member(owner.workspaceId, 'ADMIN');
    const statuses = [
      (await test.as(manager).GET(path, { params: { path: server() } })).response.status,
      (await patch('x', { enabled: false }, manager)).response.status,
      (await refresh([{ name: 'x' }], manager)).response.status,
      (await patch('x', { enabled: false }, admin)).response.status,
      (await refresh([{ name: 'x' }], admin)).response.status,
    ];
    expect(statuses).toEqual([200, 403, 403, 200, 200]);
  });

  it('answers 404 before it reads the body, the same for every server that is not the crew’s', async () => {
    const stranger = await test.seed.workspace();
    const theirCrew = await test.seed.crew(stranger.workspaceId);
    const theirs = await test.seed.crewIntegration(stranger.workspaceId, theirCrew);
    const other = await test.seed.crew(owner.workspaceId);
    const workspaceServer = await test.seed.integration(owner.workspaceId);
    const problems = new Set<string>();
    for (const [crew, id] of [
      [crewId, 'cmissing00000000000000000'],
      [other, integrationId],
      [theirCrew, theirs],
      [crewId, workspaceServer],
    ] as const) {
      for (const response of [
        await raw('', {}, crew, id),
        await raw('/search', { method: 'PATCH', body: '{' }, crew, id),
        await raw('/refresh', { method: 'POST', body: '{' }, crew, id),
      ]) {
        const problem = (await response.json()) as Record<string, unknown>;
        problems.add(JSON.stringify({ ...problem, instance: '', request_id: '' }));
      }
    }
    expect([...problems]).toEqual([expect.stringContaining('Crew integration not found')]);
    expect(
      await test.prisma.client.toolBinding.count({ where: { crewIntegrationId: { in: [integrationId, theirs] } } }),
    ).toBe(0);
  });

  it('writes audit rows for switches and refreshes', async () => {
    const { data } = await patch('search', { enabled: true });
    await patch('search', { enabled: false });
    await refresh([{ name: 'open' }]);
    const rows = await test.prisma.client.auditLog.findMany({
      where: { entityId: { in: [data?.id ?? '', integrationId] } },
      orderBy: { id: 'asc' },
    });
    expect(rows.map(({ action, metadata }) => [action, metadata])).toEqual(
      expect.arrayContaining([
        ['tool_binding.update', { crewIntegrationId: integrationId, enabled: { from: true, to: false } }],
        ['tool_binding.refresh', { created: 1, updated: 0, total: 1 }],
      ]),
    );
  });
});
