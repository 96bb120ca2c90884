import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { crewCalls } from './crew-calls.fixture.js';

describe('auth_status and agent_binding_count', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  const { create, patch, get } = crewCalls(() => ({ test, owner, crewId }));

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
  });
  afterAll(() => test.close());

  it('follow the credentials of live agents’ bindings, in every answer', async () => {
    const { workspaceId } = owner;
    const id = await test.seed.crewIntegration(workspaceId, crewId, { name: 'watched' });
    const statusOf = async () => {
      const { data } = await get(id);
      return [data?.auth_status, data?.agent_binding_count];
    };
    expect(await statusOf()).toEqual(['missing', 0]);
    const deleted = await test.seed.agent(workspaceId, { crewId, deletedAt: test.clock.now() });
    const good = await test.seed.credential(workspaceId);
    await test.seed.binding(workspaceId, deleted, { crewIntegrationId: id }, { credentialId: good });
    expect(await statusOf()).toEqual(['missing', 0]);
    const first = await test.seed.agent(workspaceId, { crewId });
    await test.seed.binding(workspaceId, first, { crewIntegrationId: id }, { credentialId: good });
    expect(await statusOf()).toEqual(['connected', 1]);
    const bad = await test.seed.credential(workspaceId, { status: 'REVOKED' });
    const second = await test.seed.agent(workspaceId, { crewId });
    await test.seed.binding(workspaceId, second, { crewIntegrationId: id }, { credentialId: bad });
    expect(await statusOf()).toEqual(['expired', 2]);
    expect((await patch(id, { icon: 'eye' })).data).toMatchObject({ auth_status: 'expired', agent_binding_count: 2 });
    await test.prisma.client.credential.update({ where: { id: bad }, data: { deletedAt: test.clock.now() } });
    expect(await statusOf()).toEqual(['connected', 2]);
  });

  it('see the bindings to the workspace server through the override, of this crew’s agents only', async () => {
    const { workspaceId } = owner;
    const parent = await test.seed.integration(workspaceId);
    const credentialId = await test.seed.credential(workspaceId);
    const outsider = await test.seed.agent(workspaceId);
    await test.seed.binding(workspaceId, outsider, { workspaceIntegrationId: parent }, { credentialId });
    const { data } = await create({ name: 'followed', workspace_mcp_server_id: parent });
    expect(data).toMatchObject({ auth_status: 'missing', agent_binding_count: 0 });
    const insider = await test.seed.agent(workspaceId, { crewId });
    await test.seed.binding(workspaceId, insider, { workspaceIntegrationId: parent }, { credentialId });
    expect((await get(data?.id ?? '')).data).toMatchObject({ auth_status: 'connected', agent_binding_count: 0 });
  });
});
