import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '#testing';
import type { InternalTokensService } from '../../../apps/api/src/modules/identity/internal-tokens.service.js';
import {
  askToResolve,
  master,
  type RuntimeWorld,
  runtimeWorld,
  startRuntimeApp,
  tokensOf,
} from './runtime-world.fixture.js';

const day = 86_400_000;

describe('tokens of the runtime', () => {
  let test: TestApp;
  let ours: RuntimeWorld;
  let theirs: RuntimeWorld;
  let mint: InternalTokensService;
  let agents: Record<string, string>;

  beforeAll(async () => {
    test = await startRuntimeApp();
    [ours, theirs] = [await runtimeWorld(test), await runtimeWorld(test)];
    mint = tokensOf(test);
    const otherCrew = await test.seed.crew(ours.workspaceId);
    agents = {
      own: ours.agentId,
      mate: await test.seed.agent(ours.workspaceId, { crewId: ours.crewId }),
      'of another crew': await test.seed.agent(ours.workspaceId, { crewId: otherCrew }),
      'of no crew': await test.seed.agent(ours.workspaceId),
      foreign: theirs.agentId,
    };
  });
  afterAll(() => test.close());

  const inADay = () => new Date(test.clock.now().getTime() + day);
  const made: Record<string, () => string> = {
    master: () => master,
    workspace: () => mint.forWorkspace(ours.workspaceId).reveal(),
    crew: () => mint.forCrew(ours.workspaceId, ours.crewId).reveal(),
    agent: () => mint.forAgent(ours.workspaceId, ours.agentId, inADay()).reveal(),
  };
  const statusFor = async (token: string, agentId: string, query = '') =>
    (await askToResolve(test, agentId, { token, query })).status;

  it.each([
    ['master', ['own', 'mate', 'of another crew', 'of no crew', 'foreign']],
    ['workspace', ['own', 'mate', 'of another crew', 'of no crew']],
    ['crew', ['own', 'mate']],
    ['agent', ['own']],
  ])('of kind %s read %j and no other agent', async (kind, reachable) => {
    for (const [name, agentId] of Object.entries(agents)) {
      const status = await statusFor(made[kind]?.() ?? '', agentId);
      expect([name, status]).toEqual([name, reachable.includes(name) ? 200 : 404]);
    }
  });

  it('answer an agent out of reach, a missing and a deleted one with the same bytes', async () => {
    const gone = await test.seed.agent(ours.workspaceId, { crewId: ours.crewId, deletedAt: test.clock.now() });
    const over = await test.seed.agent(ours.workspaceId, { crewId: ours.crewId, expiresAt: test.clock.now() });
    const ended = await test.seed.agent(ours.workspaceId, { crewId: ours.crewId, expiredAt: test.clock.now() });
    const token = made.crew?.() ?? '';
    const asked = [
      gone,
      over,
      ended,
      'missing',
      ...['of another crew', 'of no crew', 'foreign'].map((name) => agents[name] ?? ''),
    ];
    const answers = await Promise.all(
      asked.map(async (id) => {
        const response = await askToResolve(test, id, { token, headers: { 'X-Request-Id': 'same-request' } });
        return `${response.status} ${(await response.text()).replaceAll(id, 'ID')}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"detail":"Agent not found"');
  });

  it('read nothing of a deleted workspace, and a crew’s nothing once the crew is deleted', async () => {
    const world = await runtimeWorld(test);
    const [crew, workspace] = [mint.forCrew(world.workspaceId, world.crewId), mint.forWorkspace(world.workspaceId)];
    await test.prisma.client.crew.update({ where: { id: world.crewId }, data: { deletedAt: test.clock.now() } });
    expect(await statusFor(crew.reveal(), world.agentId)).toBe(404);
    expect(await statusFor(workspace.reveal(), world.agentId)).toBe(200);
    const deletedAt = test.clock.now();
    await test.prisma.client.workspace.update({ where: { id: world.workspaceId }, data: { deletedAt } });
    for (const token of [workspace.reveal(), master]) expect(await statusFor(token, world.agentId)).toBe(404);
  });

  it.each(['workspace', 'crew', 'agent'])(
    'of kind %s take no other workspace, crew or agent in the query',
    async (kind) => {
      const token = made[kind]?.() ?? '';
      const own = `workspace_id=${ours.workspaceId}`;
      expect(await statusFor(token, ours.agentId, `?${own}`)).toBe(200);
      expect(await statusFor(token, ours.agentId, '?workspace_id=')).toBe(200);
      expect(await statusFor(token, ours.agentId, `?workspace_id=${theirs.workspaceId}`)).toBe(403);
      expect(await statusFor(token, theirs.agentId, `?workspace_id=${theirs.workspaceId}`)).toBe(403);
      expect(await statusFor(token, ours.agentId, `?${own}&${own}`)).toBe(403);
      if (kind === 'crew') expect(await statusFor(token, ours.agentId, `?crew_id=${theirs.crewId}`)).toBe(403);
      if (kind === 'agent') expect(await statusFor(token, ours.agentId, `?agent_id=${agents.mate}`)).toBe(403);
    },
  );

  it('that are not bound read within the workspace that they name', async () => {
    expect(await statusFor(master, ours.agentId, `?workspace_id=${ours.workspaceId}`)).toBe(200);
    expect(await statusFor(master, ours.agentId, `?workspace_id=${theirs.workspaceId}`)).toBe(404);
  });

  it('of an agent end at their second', async () => {
    const token = mint.forAgent(ours.workspaceId, ours.agentId, new Date(test.clock.now().getTime() + 60_000)).reveal();
    test.clock.advanceMs(58_000);
    expect(await statusFor(token, ours.agentId)).toBe(200);
    test.clock.advanceMs(2_000);
    expect(await statusFor(token, ours.agentId)).toBe(403);
  });

  it('that were changed, cut, swapped between kinds, or made with another secret open nothing', async () => {
    const { workspaceId, crewId, agentId } = ours;
    const tag = (token = '') => token.split('.').at(-1) ?? '';
    const agentToken = made.agent?.() ?? '';
    const end = agentToken.split('.').at(-2) ?? '';
    const forged = [
      '',
      'wsv1',
      master.slice(1),
      `${master}0`,
      `wsv1.${theirs.workspaceId}.${tag(made.workspace?.())}`,
      `wsv1.${workspaceId}.${tag(made.workspace?.()).replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`,
      `wsv1.${workspaceId}.${tag(made.workspace?.()).toUpperCase()}X`,
      `wsv1.${workspaceId}.${crewId}.${tag(made.crew?.())}`,
      `wsv1.${workspaceId}.${tag(made.crew?.())}`,
      `crwv1.${workspaceId}.${agentId}.${end}.${tag(agentToken)}`,
      `agtv1.${workspaceId}.${agentId}.${Number(end) + 1}.${tag(agentToken)}`,
      `agtv1.${workspaceId}.${agentId}.${tag(made.crew?.())}`,
      // The parts are kept apart: a shorter workspace with the rest in the crew is not the same.
      `crwv1.${workspaceId.slice(0, -1)}.${workspaceId.slice(-1)}${crewId}.${tag(made.crew?.())}`,
      `${made.workspace?.()}.`,
      `agtv2.${workspaceId}.${agentId}.${end}.${tag(agentToken)}`,
    ];
    for (const token of forged) expect([token, await statusFor(token, agentId)]).toEqual([token, 403]);
  });

  describe('for one agent', () => {
    const ask = (agentId: string, token: string, json?: unknown) =>
      test.call(`/api/v1/internal/agents/${agentId}/token`, {
        method: 'POST',
        headers: { 'X-Internal-Token': token },
        ...(json !== undefined && { json }),
      });

    it.each(['master', 'workspace'])(
      'are made with the %s token, end by themselves, and are not to be kept',
      async (kind) => {
        const response = await ask(ours.agentId, made[kind]?.() ?? '');
        expect([response.status, response.headers.get('Cache-Control')]).toEqual([201, 'no-store']);
        const issued = (await response.json()) as { token: string; expires_at: string };
        const expires_at = new Date(Math.floor(test.clock.now().getTime() / 1_000) * 1_000 + day).toISOString();
        const { workspaceId: workspace_id, agentId: agent_id } = ours;
        expect(issued).toEqual({ token: issued.token, header: 'X-Internal-Token', workspace_id, agent_id, expires_at });
        expect(await statusFor(issued.token, ours.agentId)).toBe(200);
        expect(await statusFor(issued.token, agents.mate ?? '')).toBe(404);
      },
    );

    it('live as long as is asked for, within a minute and a week', async () => {
      const issued = (await (await ask(ours.agentId, master, { ttl_seconds: 60 })).json()) as { expires_at: string };
      expect(new Date(issued.expires_at).getTime() - test.clock.now().getTime()).toBeLessThanOrEqual(60_000);
      for (const ttl_seconds of [59, 604_801, 1.5, '60'])
        expect((await ask(ours.agentId, master, { ttl_seconds })).status).toBe(400);
    });

    it('are not made with tokens of a crew or an agent, nor for an agent out of reach', async () => {
      for (const kind of ['crew', 'agent']) expect((await ask(ours.agentId, made[kind]?.() ?? '')).status).toBe(403);
      for (const [agentId, token] of [
        [theirs.agentId, made.workspace?.() ?? ''],
        ['missing', master],
      ] as const) {
        const response = await ask(agentId, token, { ttl_seconds: 'wrong' });
        expect([response.status, await response.json()]).toEqual([
          404,
          expect.objectContaining({ detail: 'Agent not found' }),
        ]);
      }
    });

    it('leave a line in the audit log, and nothing of themselves anywhere', async () => {
      const { token } = (await (await ask(theirs.agentId, master)).json()) as { token: string };
      const { workspaceId } = theirs;
      const rows = await test.prisma.client.auditLog.findMany({ where: { workspaceId, action: 'agent_token.issue' } });
      expect(rows).toMatchObject([{ entityId: theirs.agentId, actorType: 'internal' }]);
      const tag = token.split('.').at(-1) ?? '';
      expect(JSON.stringify(rows) + test.logs.join('')).not.toContain(tag);
    });
  });

  describe('that report tool calls', () => {
    const report = async (token: string, change: object = {}) => {
      const call = {
        workspace_id: ours.workspaceId,
        agent_id: ours.agentId,
        mcp_server_id: await test.seed.integration(ours.workspaceId),
        tool_name: 'search',
        status: 'success',
        ...change,
      };
      const headers = { 'X-Internal-Token': token };
      const response = await test.call('/api/v1/internal/mcp-tool-calls', { method: 'POST', json: call, headers });
      return { status: response.status, id: ((await response.json()) as { id?: string }).id };
    };

    it('report on what they are bound to, a crew’s as calls of that crew', async () => {
      for (const kind of ['workspace', 'agent']) expect((await report(made[kind]?.() ?? '')).status).toBe(201);
      const { id = '' } = await report(made.crew?.() ?? '', { agent_id: agents.mate });
      expect(await test.prisma.client.toolCall.findUnique({ where: { id } })).toMatchObject({ crewId: ours.crewId });
    });

    it.each([
      ['workspace', () => ({ workspace_id: theirs.workspaceId, agent_id: theirs.agentId }), 403],
      ['crew', () => ({ workspace_id: theirs.workspaceId, agent_id: theirs.agentId }), 403],
      ['crew', () => ({ crew_id: theirs.crewId }), 403],
      ['crew', () => ({ agent_id: agents['of another crew'] }), 404],
      ['agent', () => ({ agent_id: agents.mate }), 403],
      ['agent', () => ({ workspace_id: theirs.workspaceId }), 403],
      ['workspace', () => ({ agent_id: theirs.agentId }), 404],
    ])('of kind %s do not report on others (case %#)', async (kind, change, status) => {
      const before = await test.prisma.client.toolCall.count();
      expect((await report(made[kind]?.() ?? '', change())).status).toBe(status);
      expect(await test.prisma.client.toolCall.count()).toBe(before);
    });
  });
});
