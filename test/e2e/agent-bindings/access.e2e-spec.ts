import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { bindingCalls } from './binding-calls.fixture.js';

const missing = 'cmissing00000000000000000';

describe('what an agent may be bound to, and by whom', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  let agentId: string;
  let serverId: string;
  const { toServer, create, patch, remove, list, raw } = bindingCalls(() => ({ test, owner, agentId, serverId }));

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    agentId = await test.seed.agent(owner.workspaceId, { crewId });
    serverId = await test.seed.integration(owner.workspaceId, { displayName: 'Shown' });
  });

  it('never reaches into another crew or workspace: foreign and missing answer the same', async () => {
    const { workspaceId } = owner;
    const stranger = await test.seed.workspace();
    const otherCrew = await test.seed.crew(workspaceId);
    const crewServers = [
      await test.seed.crewIntegration(workspaceId, otherCrew),
      await test.seed.crewIntegration(stranger.workspaceId, await test.seed.crew(stranger.workspaceId)),
      serverId,
      missing,
    ];
    const servers = [await test.seed.integration(stranger.workspaceId), crewServers[0], missing];
    const credentials = [
      await test.seed.credential(stranger.workspaceId),
      await test.seed.credential(workspaceId, { deletedAt: test.clock.now() }),
      await test.seed.credential(workspaceId, { scope: 'CREW' }),
      missing,
    ];
    const answersOf = async (bodies: unknown[]) =>
      new Set(
        (await Promise.all(bodies.map(raw))).map(({ status, problem }) =>
          JSON.stringify({ ...problem, request_id: '', status }),
        ),
      );
    const crewAnswers = await answersOf(crewServers.map((id) => ({ mcp_server_id: id, mcp_server_scope: 'crew' })));
    const answers = await answersOf(servers.map((id) => ({ mcp_server_id: id, mcp_server_scope: 'workspace' })));
    const credentialAnswers = await answersOf(credentials.map((id) => ({ ...toServer(), credential_id: id })));
    expect([...crewAnswers]).toEqual([expect.stringContaining('Crew integration not found')]);
    expect([...answers]).toEqual([expect.stringContaining('Workspace integration not found')]);
    expect([...credentialAnswers]).toEqual([expect.stringContaining('Credential not found')]);
    expect((await list()).data).toEqual([]);
  });

  it('takes a credential of the agent’s crew, and none of a crew for an agent outside any', async () => {
    const credentialId = await test.seed.credential(owner.workspaceId, { scope: 'CREW' });
    await test.prisma.client.credentialCrew.create({
      data: { credentialId, crewId, createdAt: test.clock.now() },
    });
    const loner = await test.seed.agent(owner.workspaceId);
    expect((await create({ credential_id: credentialId })).response.status).toBe(201);
    expect((await create({ credential_id: credentialId }, owner, loner)).response.status).toBe(400);
  });

  it('never outlives what it is for: deletes at the same moment leave no orphan and no fault of ours', async () => {
    for (let round = 0; round < 6; round += 1) {
      const crewServer = await test.seed.crewIntegration(owner.workspaceId, crewId);
      const [made, gone] = await Promise.all([
        create({ mcp_server_id: crewServer, mcp_server_scope: 'crew' }),
        test.as(owner).DELETE('/api/v1/crews/{crewId}/integrations/{integrationId}', {
          params: { path: { crewId, integrationId: crewServer } },
        }),
      ]);
      expect([201, 400]).toContain(made.response.status);
      expect(gone.response.status).toBe(200);
    }
    expect((await list()).data).toEqual([]);
  });

  it('is for MANAGERs and above to write, and for everybody to read', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    const refused = (await create({}, member)).response.status;
    const { data, response } = await create({}, manager);
    const id = data?.id ?? '';
    const statuses = [
      refused,
      response.status,
      (await list(agentId, member)).response.status,
      (await patch(id, { enabled: false }, member)).response.status,
      (await remove(id, member)).response.status,
      (await patch(id, { enabled: false }, manager)).response.status,
      (await remove(id, manager)).response.status,
    ];
    expect(statuses).toEqual([403, 201, 200, 403, 403, 200, 200]);
  });

  it('does not exist behind a deleted agent, another agent or another workspace', async () => {
    const { workspaceId } = owner;
    const stranger = await test.seed.workspace();
    const theirAgent = await test.seed.agent(stranger.workspaceId);
    const theirServer = await test.seed.integration(stranger.workspaceId);
    const theirs = await test.seed.binding(stranger.workspaceId, theirAgent, { workspaceIntegrationId: theirServer });
    const dead = await test.seed.agent(workspaceId, { deletedAt: test.clock.now() });
    const buried = await test.seed.binding(workspaceId, dead, { workspaceIntegrationId: serverId });
    const { data } = await create();
    const other = await test.seed.agent(workspaceId);
    const problems = new Set<string>();
    for (const [agent, id] of [
      [agentId, missing],
      [theirAgent, theirs],
      [agentId, theirs],
      [dead, buried],
      [other, data?.id ?? ''],
    ] as const) {
      for (const { error } of [await patch(id, { enabled: false }, owner, agent), await remove(id, owner, agent)]) {
        problems.add(JSON.stringify({ ...error, instance: '', request_id: '' }));
      }
    }
    expect([...problems]).toEqual([expect.stringContaining('Agent binding not found')]);
    for (const agent of [missing, theirAgent, dead]) {
      expect((await list(agent)).error).toMatchObject({ detail: 'Agent not found' });
      expect((await create({}, owner, agent)).error).toMatchObject({ detail: 'Agent not found' });
    }
    expect(await test.prisma.client.agentBinding.count({ where: { id: { in: [theirs, buried] } } })).toBe(2);
  });

  it('answers 404 for the agent before it reads the body', async () => {
    const response = await test.call(`/api/v1/agents/${missing}/integrations?workspace_id=${owner.workspaceId}`, {
      method: 'POST',
      token: owner.token,
      body: '{',
    });
    expect(response.status).toBe(404);
  });
});
