import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { crewCalls } from './crew-calls.fixture.js';

const endpoint = 'https://mcp.example.com/mcp';

describe('deleting a crew integration', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  const { create, patch, get, remove } = crewCalls(() => ({ test, owner, crewId }));

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
  });
  afterAll(() => test.close());

  it('takes bindings, tools and unused credentials made for it along, and leaves no orphan', async () => {
    const { workspaceId } = owner;
    const id = await test.seed.crewIntegration(workspaceId, crewId);
    const agentId = await test.seed.agent(workspaceId, { crewId });
    const made = { autoCreatedFor: id, type: 'OAUTH2', sealedValue: 'v', sealedRefreshToken: 'r' };
    const unused = await test.seed.credential(workspaceId, { ...made, sealedOauthClientSecret: 's' });
    const boundElsewhere = await test.seed.credential(workspaceId, made);
    const granted = await test.seed.credential(workspaceId, made);
    const byHand = await test.seed.credential(workspaceId, { name: 'github-oauth-abc12', type: 'OAUTH2' });
    const elsewhere = await test.seed.integration(workspaceId);
    await test.seed.binding(workspaceId, agentId, { crewIntegrationId: id }, { credentialId: unused });
    await test.seed.binding(
      workspaceId,
      agentId,
      { workspaceIntegrationId: elsewhere },
      { credentialId: boundElsewhere },
    );
    await test.prisma.client.agentCredential.create({
      data: {
        id: 'cgrant0000000000000000000',
        agentId,
        credentialId: granted,
        envVarName: 'T',
        createdAt: test.clock.now(),
      },
    });
    const tools = `/api/v1/crews/${crewId}/integrations/${id}/tools/search?workspace_id=${workspaceId}`;
    const tool = await test.call(tools, { method: 'PATCH', token: owner.token, json: { enabled: false } });
    expect(tool.status).toBe(200);

    const { response, data } = await remove(id);

    expect([response.status, data]).toEqual([200, { status: 'deleted' }]);
    const db = test.prisma.client;
    expect(await db.agentBinding.count({ where: { crewIntegrationId: id } })).toBe(0);
    expect(await db.toolBinding.count({ where: { crewIntegrationId: id } })).toBe(0);
    expect(await db.crewIntegration.count({ where: { id } })).toBe(0);
    const credentials = await db.credential.findMany({
      where: { id: { in: [unused, boundElsewhere, granted, byHand] } },
    });
    expect(credentials.filter(({ deletedAt }) => deletedAt !== null)).toEqual([
      expect.objectContaining({
        id: unused,
        sealedValue: null,
        sealedRefreshToken: null,
        sealedOauthClientSecret: null,
      }),
    ]);
    const audit = await db.auditLog.findMany({ where: { entityId: { in: [id, unused] } } });
    expect(audit.map(({ action }) => action).sort()).toEqual(['credential.delete', 'crew_integration.delete']);
  });

  it('happens with the workspace integration that the row overrides', async () => {
    const parent = await test.seed.integration(owner.workspaceId);
    const id = await test.seed.crewIntegration(owner.workspaceId, crewId, { workspaceIntegrationId: parent });
    const agentId = await test.seed.agent(owner.workspaceId, { crewId });
    await test.seed.binding(owner.workspaceId, agentId, { crewIntegrationId: id });
    await test
      .as(owner)
      .DELETE('/api/v1/integrations/{integrationId}', { params: { path: { integrationId: parent } } });
    expect((await get(id)).response.status).toBe(404);
    expect(await test.prisma.client.agentBinding.count({ where: { agentId } })).toBe(0);
  });

  it('writes one audit row for each change, with what changed and no JSON text', async () => {
    const { data } = await create({ name: 'audited', endpoint });
    await patch(data?.id ?? '', { enabled: false, env_json: '{"A":"b"}' });
    const rows = await test.prisma.client.auditLog.findMany({ where: { entityId: data?.id ?? '' } });
    const update = rows.find(({ action }) => action === 'crew_integration.update');
    expect(rows).toHaveLength(2);
    expect(update).toMatchObject({
      entityName: 'audited',
      userId: owner.userId,
      metadata: { enabled: { from: true, to: false }, envJson: { from: null, to: '***' } },
    });
  });
});
