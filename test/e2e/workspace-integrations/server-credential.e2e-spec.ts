import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Transactions, type WorkspaceScope } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { CreateWorkspaceIntegrationService } from '../../../apps/api/src/modules/workspace-integrations/create-workspace-integration.service.js';

const path = '/api/v1/integrations';
const onePath = '/api/v1/integrations/{integrationId}';
const endpoint = 'https://mcp.example.com/mcp';

describe('the credential of a workspace integration', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const create = (name: string, body: object = {}, caller = owner) =>
    test.as(caller).POST(path, { body: { name, endpoint, ...body } });
  const patch = (integrationId: string, body: object, caller = owner) =>
    test.as(caller).PATCH(onePath, { params: { path: { integrationId } }, body });
  const get = async (integrationId: string) =>
    (await test.as(owner).GET(onePath, { params: { path: { integrationId } } })).data;

  it('is answered with its name by create, get, list and change', async () => {
    const credentialId = await test.seed.credential(owner.workspaceId, { name: 'shared' });
    const named = { credential_id: credentialId, cred_type: 'api_key', cred_header: 'X-Key', env_var_name: 'KEY' };
    const { response, data } = await create('named', named);
    const shown = { ...named, credential_name: 'shared', origin: 'custom', origin_ref: null };
    expect(response.status).toBe(201);
    expect(data).toMatchObject(shown);
    expect(await get(data?.id ?? '')).toMatchObject(shown);
    const listed = await test.as(owner).GET(path, { params: { query: { limit: 100 } } });
    expect(listed.data?.find(({ id }) => id === data?.id)).toMatchObject(shown);
    expect((await patch(data?.id ?? '', { icon: 'key' })).data).toMatchObject(shown);
  });

  it('is set, kept, repeated and cleared by changes, each part by itself', async () => {
    const credentialId = await test.seed.credential(owner.workspaceId);
    const id = await test.seed.integration(owner.workspaceId);
    expect((await patch(id, { cred_type: 'basic', env_var_name: 'LATER' })).data).toMatchObject({
      credential_id: null,
      cred_type: 'basic',
      env_var_name: 'LATER',
    });
    for (let times = 0; times < 2; times += 1) {
      expect((await patch(id, { credential_id: credentialId })).data).toMatchObject({
        credential_id: credentialId,
        cred_type: 'basic',
      });
    }
    expect((await patch(id, { credential_id: '', cred_type: null })).data).toMatchObject({
      credential_id: null,
      credential_name: null,
      cred_type: null,
      env_var_name: 'LATER',
    });
    expect((await create('blank', { credential_id: '', cred_header: '' })).data).toMatchObject({
      credential_id: null,
      cred_header: null,
    });
  });

  it('must be a live one for the whole workspace; others are refused alike', async () => {
    const stranger = await test.seed.workspace();
    const crewId = await test.seed.crew(owner.workspaceId);
    const limited = await test.seed.credential(owner.workspaceId, { scope: 'CREW' });
    await test.prisma.client.credentialCrew.create({
      data: { credentialId: limited, crewId, createdAt: test.clock.now() },
    });
    const wrong = [
      'cmissing00000000000000000',
      await test.seed.credential(stranger.workspaceId),
      await test.seed.credential(owner.workspaceId, { deletedAt: test.clock.now() }),
      limited,
    ];
    const id = await test.seed.integration(owner.workspaceId);
    const refusals = new Set<string>();
    for (const credential_id of wrong) {
      for (const { response, error } of [
        await create('refused', { credential_id }),
        await patch(id, { credential_id }),
      ]) {
        refusals.add(`${response.status} ${error?.detail} ${JSON.stringify(error?.errors)}`);
      }
    }
    expect([...refusals]).toEqual([expect.stringContaining('400 Credential not found')]);
    expect((await get(id))?.credential_id).toBeNull();
  });

  it.each([
    ['cred_type', 'carrier', "cred_type must be 'bearer', 'api_key', or 'basic'"],
    ['cred_header', 'Host', 'cred_header names a header that the client sets itself; choose another'],
    ['cred_header', 'X Key', 'cred_header is not a valid HTTP header name'],
    ['env_var_name', 'PATH', 'env_var_name names a variable that may not carry a credential; choose another'],
    ['env_var_name', '1A', 'env_var_name must be letters, digits and _, not starting with a digit'],
  ])('is refused with %s %j as a binding refuses it', async (member, value, detail) => {
    const created = await create('bad', { [member]: value });
    const patched = await patch(await test.seed.integration(owner.workspaceId), { [member]: value });
    expect([created.response.status, created.error?.detail]).toEqual([400, detail]);
    expect([patched.response.status, patched.error?.detail]).toEqual([400, detail]);
  });

  it('is not for those who may not manage integrations, nor for another workspace', async () => {
    const credential_id = await test.seed.credential(owner.workspaceId);
    const id = await test.seed.integration(owner.workspaceId);
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const stranger = await test.seed.workspace();
    expect((await patch(id, { credential_id }, manager)).response.status).toBe(403);
    expect((await patch(id, { credential_id }, stranger)).response.status).toBe(404);
  });

  it('leaves the servers when it is deleted, and counts as used before', async () => {
    const credentialId = await test.seed.credential(owner.workspaceId);
    const id = await test.seed.integration(owner.workspaceId, { credentialId, credType: 'basic' });
    const crewId = await test.seed.crew(owner.workspaceId);
    const crewRow = await test.seed.crewIntegration(owner.workspaceId, crewId, { credentialId });
    const one = { params: { path: { credentialId } } };
    expect((await test.as(owner).GET('/api/v1/credentials/{credentialId}', one)).data?.mcp_used).toBe(true);
    const before = await test.prisma.client.workspaceRevision.findUniqueOrThrow({
      where: { workspaceId: owner.workspaceId },
    });
    await test.as(owner).DELETE('/api/v1/credentials/{credentialId}', one);
    expect(await get(id)).toMatchObject({ credential_id: null, credential_name: null, cred_type: 'basic' });
    expect(await test.prisma.client.crewIntegration.findUniqueOrThrow({ where: { id: crewRow } })).toMatchObject({
      credentialId: null,
    });
    const after = await test.prisma.client.workspaceRevision.findUniqueOrThrow({
      where: { workspaceId: owner.workspaceId },
    });
    expect(after.revision > before.revision).toBe(true);
  });

  it('stays when the server that it was made for goes and another one names it', async () => {
    const { workspaceId } = owner;
    const integrationId = await test.seed.integration(workspaceId);
    const made = { autoCreatedFor: integrationId };
    const [unused, used] = [
      await test.seed.credential(workspaceId, made),
      await test.seed.credential(workspaceId, made),
    ];
    await test.prisma.client.workspaceIntegration.update({
      where: { id: integrationId },
      data: { credentialId: unused },
    });
    await test.seed.integration(workspaceId, { credentialId: used });
    await test.as(owner).DELETE(onePath, { params: { path: { integrationId } } });
    const left = await test.prisma.client.credential.findMany({
      where: { id: { in: [unused, used] }, deletedAt: null },
    });
    expect(left.map(({ id }) => id)).toEqual([used]);
  });

  it('may come with a server that another feature makes, in that feature’s transaction', async () => {
    const service = test.app.get(CreateWorkspaceIntegrationService, { strict: false });
    const { workspaceId, userId, email } = owner;
    const scope: WorkspaceScope = {
      workspaceId,
      role: 'OWNER',
      capabilities: [],
      revision: 0n,
      actor: { kind: 'user', userId, email, tokenId: null, sessionId: null, tokenScopes: null },
      origin: { ip: null, userAgent: null, requestId: 'none' },
    };
    const credentialId = await test.seed.credential(owner.workspaceId);
    const draft = { name: 'made', endpoint, credentialId, origin: 'connector', originRef: 'github' } as const;
    expect(await service.create(scope, draft)).toMatchObject({
      credential_id: credentialId,
      origin: 'connector',
      origin_ref: 'github',
    });
    const undone = test.app.get(Transactions, { strict: false }).run(async () => {
      await service.create(scope, { ...draft, name: 'undone' });
      throw new Error('the feature failed later');
    });
    await expect(undone).rejects.toThrow('the feature failed later');
    expect(await test.prisma.client.workspaceIntegration.count({ where: { name: 'undone' } })).toBe(0);
  });
});
