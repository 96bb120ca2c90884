import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/agents/{agentId}/credentials';

describe('credentials of an agent', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const assign = (agentId: string, body: { credential_id: string; env_var_name: string; ttl_seconds?: number }) =>
    test.as(owner).POST(path, { params: { path: { agentId } }, body });
  const list = async (agentId: string, caller = owner) =>
    (await test.as(caller).GET(path, { params: { path: { agentId } } })).data ?? [];

  it('tells explicit grants from those of bindings and crews, each credential once', async () => {
    const { workspaceId } = owner;
    const crewId = await test.seed.crew(workspaceId);
    const agentId = await test.seed.agent(workspaceId, { crewId });
    const [explicit, bound, crew] = await Promise.all(
      ['one', 'two', 'my crew.key'].map((name) => test.seed.credential(workspaceId, { name })),
    );
    const createdAt = test.clock.now();
    for (const credentialId of [explicit, bound, crew]) {
      await test.prisma.client.credentialCrew.create({ data: { credentialId: credentialId ?? '', crewId, createdAt } });
    }
    const server = { workspaceIntegrationId: await test.seed.integration(workspaceId) };
    await test.seed.binding(workspaceId, agentId, server, { credentialId: bound ?? '', envVarName: 'BOUND' });
    const made = await assign(agentId, { credential_id: explicit ?? '', env_var_name: 'gh-token', ttl_seconds: 60 });
    expect(made.response.status).toBe(201);
    const rows = await list(agentId);
    const short = rows.map((row) => [row.credential_name, row.grant_source, row.env_var_name, row.id === '']);
    expect(short.sort()).toEqual([
      ['my crew.key', 'crew', 'MY_CREW_KEY', true],
      ['one', 'explicit', 'GH_TOKEN', false],
      ['two', 'binding', 'BOUND', true],
    ]);
    const lease = rows.find((row) => row.grant_source === 'explicit');
    expect(lease).toMatchObject({ id: made.data?.id, expired: false, lease_source: 'ttl' });
    test.clock.advanceMs(61_000);
    const after = (await list(agentId)).filter((row) => row.credential_name === 'one');
    const seen = after.map((row) => [row.grant_source, row.expired, row.env_var_name]).sort();
    expect(seen).toEqual([
      ['crew', false, 'ONE'],
      ['explicit', true, 'GH_TOKEN'],
    ]);
  });

  it('checks agent, body and credential in this order, and grants a credential once', async () => {
    const agentId = await test.seed.agent(owner.workspaceId);
    const credential_id = await test.seed.credential(owner.workspaceId);
    const foreign = await test.seed.credential((await test.seed.workspace()).workspaceId);
    const answers = [
      await assign('cmissing', { credential_id: '', env_var_name: '' }),
      await assign(agentId, { credential_id: '', env_var_name: 'A' }),
      await assign(agentId, { credential_id, env_var_name: '1 A' }),
      await assign(agentId, { credential_id, env_var_name: 'A', ttl_seconds: 2_592_001 }),
      await assign(agentId, { credential_id: foreign, env_var_name: 'A' }),
    ];
    expect(answers.map(({ response, error }) => [response.status, error?.detail])).toEqual([
      [404, 'Agent not found'],
      [400, 'credential_id and env_var_name are required'],
      [400, 'env_var_name must be letters, digits and underscores, and must not begin with a digit'],
      [400, 'ttl_seconds must be a whole number from 0 to 2592000'],
      [404, 'Credential not found'],
    ]);
    const twice = await Promise.all([1, 2].map(() => assign(agentId, { credential_id, env_var_name: 'A' })));
    expect(twice.map(({ response }) => response.status).sort()).toEqual([201, 409]);
  });

  it('takes a grant back once, and records both in the credential’s timeline', async () => {
    const agentId = await test.seed.agent(owner.workspaceId);
    const credentialId = await test.seed.credential(owner.workspaceId);
    const { data } = await assign(agentId, { credential_id: credentialId, env_var_name: 'A' });
    const params = { params: { path: { agentId, assignmentId: data?.id ?? '' } } };
    const removed = await test.as(owner).DELETE('/api/v1/agents/{agentId}/credentials/{assignmentId}', params);
    const again = await test.as(owner).DELETE('/api/v1/agents/{agentId}/credentials/{assignmentId}', params);
    expect([removed.response.status, again.response.status, again.error?.detail]).toEqual([
      200,
      404,
      'Assignment not found',
    ]);
    const events = await test.prisma.client.credentialEvent.findMany({ where: { credentialId } });
    expect(events.map((event) => [event.eventType, event.agentId]).sort()).toEqual([
      ['GRANTED', agentId],
      ['UNGRANTED', agentId],
    ]);
  });

  it('lets members read, but only who manages the workspace grant', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const agentId = await test.seed.agent(owner.workspaceId);
    const body = { credential_id: await test.seed.credential(owner.workspaceId), env_var_name: 'A' };
    const { response } = await test.as(manager).POST(path, { params: { path: { agentId } }, body });
    expect(response.status).toBe(403);
    const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
    const hidden = await test.seed.credential(owner.workspaceId, { scope: 'CREW' });
    await assign(agentId, { credential_id: hidden, env_var_name: 'H' });
    await assign(agentId, body);
    expect((await list(agentId, viewer)).map((row) => row.env_var_name)).toEqual(['A']);
  });
});
