import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { components } from '#client';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { crewCalls } from './crew-calls.fixture.js';

const endpoint = 'https://mcp.example.com/mcp';
const elsewhere = 'https://elsewhere.example.com/mcp';
const resolvedPath = '/api/v1/agents/{agentId}/integrations/resolved';

type Explained = components['schemas']['ResolutionExplanationResponse'];
type Changes = components['schemas']['PreviewResolutionDto']['changes'];

describe('the credential of a crew integration', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;
  let agentId: string;
  let wide: string;
  let parent: string;
  const { create, patch, get } = crewCalls(() => ({ test, owner, crewId }));

  beforeAll(async () => {
    test = await startTestApp();
  });
  beforeEach(async () => {
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
    agentId = await test.seed.agent(owner.workspaceId, { crewId });
    wide = await test.seed.credential(owner.workspaceId, { name: 'wide' });
    const created = await test.as(owner).POST('/api/v1/integrations', {
      body: {
        name: 'github',
        endpoint,
        credential_id: wide,
        config_json: '{"headers":{"Authorization":"Bearer canary-wide-1","X-Team":"blue"}}',
      },
    });
    parent = created.data?.id ?? '';
  });
  afterAll(() => test.close());

  const explained = async () =>
    (
      (await test.as(owner).GET(resolvedPath, { params: { path: { agentId }, query: { explain: true } } }))
        .data as Explained
    ).servers[0];

  it('is the workspace’s for agents without a binding, and the resolution says from which row', async () => {
    const { data } = await test.as(owner).GET(resolvedPath, { params: { path: { agentId } } });
    expect(data).toMatchObject([{ credential_id: wide, credential_name: 'wide' }]);
    expect((await explained())?.credential).toEqual({
      id: wide,
      name: 'wide',
      state: 'usable',
      reason: expect.any(String),
      level: 'workspace',
      row_id: parent,
      binding_id: null,
    });
  });

  it('goes nearest first: the crew’s before the workspace’s, the agent’s binding before both', async () => {
    const near = await test.seed.credential(owner.workspaceId, { name: 'near' });
    const row = await create({ name: 'github', workspace_mcp_server_id: parent });
    const id = row.data?.id ?? '';
    expect(row.data).toMatchObject({ credential_id: null, inherited: expect.arrayContaining(['credential_id']) });
    expect((await explained())?.credential).toMatchObject({ id: wide, level: 'workspace' });

    expect((await patch(id, { credential_id: near })).data?.inherited).not.toContain('credential_id');
    expect((await explained())?.credential).toMatchObject({ id: near, level: 'crew', row_id: id });

    const own = await test.seed.credential(owner.workspaceId, { name: 'own' });
    await test.seed.binding(owner.workspaceId, agentId, { workspaceIntegrationId: parent }, { credentialId: own });
    const server = await explained();
    expect(server?.credential).toMatchObject({ id: own, level: 'agent' });
    expect(server?.shadowed).toEqual(
      expect.arrayContaining([
        { field: 'credential_id', level: 'crew', row_id: id },
        { field: 'credential_id', level: 'workspace', row_id: parent },
      ]),
    );
  });

  it('may be one that is limited to this crew, and none of another’s', async () => {
    const other = await test.seed.crew(owner.workspaceId);
    const limitedTo = async (crew: string) => {
      const id = await test.seed.credential(owner.workspaceId, { scope: 'CREW' });
      await test.prisma.client.credentialCrew.create({
        data: { credentialId: id, crewId: crew, createdAt: test.clock.now() },
      });
      return id;
    };
    const mine = await limitedTo(crewId);
    expect((await create({ name: 'mine', endpoint, credential_id: mine })).data?.credential_id).toBe(mine);
    const { response, error } = await create({ name: 'theirs', endpoint, credential_id: await limitedTo(other) });
    expect([response.status, error?.detail]).toEqual([400, 'Credential not found']);
  });

  it('is withheld, like sealed headers, from a row that sends the server elsewhere, and the row says so', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const { data } = await create({ name: 'github', workspace_mcp_server_id: parent, endpoint: elsewhere }, manager);
    expect(data).toMatchObject({ auth_status: 'missing', inherited: expect.not.arrayContaining(['credential_id']) });
    const server = await explained();
    expect(server).toMatchObject({
      endpoint: elsewhere,
      credential_id: null,
      credential: null,
      config_json: '{"headers":{"X-Team":"blue"}}',
      warnings: [{ code: 'secrets_withheld' }],
    });
    expect(server?.provenance).toContainEqual({
      field: 'credential_id',
      level: 'crew',
      row_id: data?.id,
      rule: 'withheld',
    });
  });

  it('decides auth_status like a binding’s', async () => {
    await test.prisma.client.credential.update({ where: { id: wide }, data: { status: 'ACTIVE' } });
    const row = await create({ name: 'github', workspace_mcp_server_id: parent });
    expect(row.data?.auth_status).toBe('connected');
    await test.prisma.client.credential.update({ where: { id: wide }, data: { status: 'REVOKED' } });
    expect((await get(row.data?.id ?? '')).data?.auth_status).toBe('expired');
  });

  it('can be tried out before it is saved, moves included', async () => {
    const preview = (changes: Changes) =>
      test.as(owner).POST(`${resolvedPath}/preview`, { params: { path: { agentId } }, body: { changes } });
    const near = await test.seed.credential(owner.workspaceId, { name: 'near' });
    const fields = {
      name: 'github',
      workspace_mcp_server_id: parent,
      credential_id: near,
      cred_type: 'basic',
    } as const;
    const tried = await preview([{ target: 'crew_integration', op: 'upsert', id: 'new-1', fields }]);
    expect(tried.data?.servers[0]?.credential).toMatchObject({
      id: near,
      name: 'near',
      level: 'crew',
      row_id: 'new-1',
    });
    const cleared = await preview([
      { target: 'workspace_integration', op: 'upsert', id: parent, fields: { credential_id: '' } },
    ]);
    expect(cleared.data?.servers[0]?.credential).toBeNull();
    const moved = await preview([
      { target: 'workspace_integration', op: 'upsert', id: parent, fields: { endpoint: elsewhere } },
    ]);
    expect(moved.error?.code).toBe('integration.secrets_would_move');
  });
});
