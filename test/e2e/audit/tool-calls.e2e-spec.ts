import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const internalToken = 'an-internal-token-of-this-test-0123456789';
const path = '/api/v1/mcp-tool-calls';
const report = '/api/v1/internal/mcp-tool-calls';

describe('tool calls', () => {
  let test: TestApp;
  let owner: SeededMember;
  let agent: string;
  let server: string;

  beforeAll(async () => {
    test = await startTestApp({ env: { CREWSHIP_INTERNAL_TOKEN: internalToken } });
    owner = await test.seed.workspace();
    agent = await test.seed.agent(owner.workspaceId);
    server = await test.seed.integration(owner.workspaceId);
  });
  afterAll(() => test.close());

  const call = () => ({
    workspace_id: owner.workspaceId,
    agent_id: agent,
    mcp_server_id: server,
    tool_name: 'search',
    status: 'success',
  });
  const send = (json: unknown, headers: Record<string, string> = { 'X-Internal-Token': internalToken }) =>
    test.call(report, { method: 'POST', json, headers });

  it('are recorded by the runtime and read by every member, absent facts as null', async () => {
    const sent = await send({ ...call(), crew_id: '', input_hash: '', error_message: '' });
    expect(sent.status).toBe(201);
    const { id } = (await sent.json()) as { id: string };
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const { data } = await test.as(viewer).GET(path, {});
    expect(data?.find((row) => row.id === id)).toEqual({
      id,
      workspace_id: owner.workspaceId,
      crew_id: null,
      agent_id: agent,
      mcp_server_id: server,
      mcp_server_scope: 'workspace',
      tool_name: 'search',
      input_hash: null,
      status: 'success',
      duration_ms: null,
      error_message: null,
      created_at: test.clock.now().toISOString(),
    });
  });

  it('keep what the runtime tells of them', async () => {
    const crew = await test.seed.crew(owner.workspaceId);
    const crewServer = await test.seed.crewIntegration(owner.workspaceId, crew);
    const facts = { crew_id: crew, mcp_server_scope: 'crew', input_hash: 'sha256:ab12', duration_ms: 7 };
    await send({ ...call(), ...facts, mcp_server_id: crewServer, status: 'error', error_message: 'e'.repeat(5_000) });
    const { data } = await test.as(owner).GET(path, { params: { query: { server_id: crewServer } } });
    expect(data).toMatchObject([{ ...facts, status: 'error', error_message: 'e'.repeat(4_000) }]);
  });

  it('are narrowed by agent, state and time, and answered in pages', async () => {
    const other = await test.seed.agent(owner.workspaceId);
    test.clock.advanceMs(3_600_000);
    const since = test.clock.now().toISOString();
    for (const status of ['denied', 'timeout', 'denied']) {
      await send({ ...call(), agent_id: other, status });
      test.clock.advanceMs(1_000);
    }
    const read = (query: object) => test.as(owner).GET(path, { params: { query } });
    expect((await read({ agent_id: other })).data?.map((row) => row.status)).toEqual(['denied', 'timeout', 'denied']);
    expect((await read({ status: 'timeout' })).data).toHaveLength(1);
    expect((await read({ since })).data).toHaveLength(3);
    expect((await read({ since, until: since })).data).toHaveLength(1);
    const page = await read({ agent_id: other, limit: 1, offset: 1 });
    expect(page.data?.map((row) => row.status)).toEqual(['timeout']);
    expect(page.response.headers.get('X-Total-Count')).toBe('3');
    expect(page.response.headers.get('Link')).toContain('rel="next"');
  });

  it.each(['since=yesterday', 'until=2026-13-01T00:00:00Z', 'status=meh'])('are not read with %s', async (query) => {
    const response = await test.call(`${path}?workspace_id=${owner.workspaceId}&${query}`, { token: owner.token });
    expect(response.status).toBe(400);
  });

  it.each([
    [{ workspace_id: '' }, 400, 'workspace_id, agent_id, mcp_server_id, and tool_name are required'],
    [{ tool_name: null }, 400, 'workspace_id, agent_id, mcp_server_id, and tool_name are required'],
    [{ status: 'meh' }, 400, 'status must be one of success, error, denied, timeout'],
    [{ status: undefined }, 400, 'status is required'],
    [{ duration_ms: -1 }, 400, 'duration_ms must be a whole number from 0 to 2147483647'],
    [{ agent_id: 'nobody' }, 404, 'Agent not found'],
    [{ crew_id: 'nowhere' }, 400, 'Invalid crew_id'],
    [{ mcp_server_id: 'nothing' }, 400, 'Invalid mcp_server_id'],
    [{ mcp_server_scope: 'crew' }, 400, 'Invalid mcp_server_id'],
  ])('are not recorded with %j', async (wrong, status, detail) => {
    const before = await test.prisma.client.toolCall.count();
    const response = await send({ ...call(), ...wrong });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ detail });
    expect(await test.prisma.client.toolCall.count()).toBe(before);
  });

  it('are not recorded for an agent, a crew or a server of another workspace, nor for a deleted agent', async () => {
    const theirs = await test.seed.workspace();
    const foreign = await send({ ...call(), workspace_id: theirs.workspaceId });
    expect(foreign.status).toBe(404);
    const crew_id = await test.seed.crew(theirs.workspaceId);
    expect((await send({ ...call(), crew_id })).status).toBe(400);
    const theirServer = await test.seed.integration(theirs.workspaceId);
    expect((await send({ ...call(), mcp_server_id: theirServer })).status).toBe(400);
    const gone = await test.seed.agent(owner.workspaceId, { deletedAt: test.clock.now() });
    expect((await send({ ...call(), agent_id: gone })).status).toBe(404);
  });

  it('are recorded by the runtime only', async () => {
    expect((await send(call(), { 'X-Internal-Token': 'wrong' })).status).toBe(403);
    expect((await send(call(), { Authorization: `Bearer ${owner.token}` })).status).toBe(403);
  });

  it('are hidden from strangers', async () => {
    const stranger = await test.seed.workspace();
    const there = { token: stranger.token, workspaceId: owner.workspaceId };
    expect((await test.as(there).GET(path, {})).response.status).toBe(403);
    expect((await test.as(stranger).GET(path, {})).data).toEqual([]);
  });
});
