import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countQueries, type SeededMember, startTestApp, type TestApp } from '#testing';
import { bindingCalls } from './binding-calls.fixture.js';

const missing = 'cmissing00000000000000000';

describe('agent bindings', () => {
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

  it('is answered complete, on create as in the list', async () => {
    const credentialId = await test.seed.credential(owner.workspaceId, { name: `bound-${agentId}` });
    const { response, data } = await create({ credential_id: credentialId, env_var_name: 'GITHUB_TOKEN' });
    expect(response.status).toBe(201);
    expect(data).toEqual({
      id: expect.any(String),
      agent_id: agentId,
      mcp_server_id: serverId,
      mcp_server_scope: 'workspace',
      credential_id: credentialId,
      cred_type: 'bearer',
      cred_header: null,
      env_var_name: 'GITHUB_TOKEN',
      enabled: true,
      config_override_json: null,
      created_at: test.clock.now().toISOString(),
      updated_at: test.clock.now().toISOString(),
      server_name: expect.stringContaining('server-'),
      server_display_name: 'Shown',
      credential_name: `bound-${agentId}`,
    });
    expect((await list()).data).toEqual([data]);
  });

  it('to a crew server shows the name that the server inherits', async () => {
    const crewServer = await test.seed.crewIntegration(owner.workspaceId, crewId, {
      name: `override-${agentId}`,
      workspaceIntegrationId: serverId,
    });
    const { data } = await create({ mcp_server_id: crewServer, mcp_server_scope: 'crew', enabled: false });
    expect(data).toMatchObject({
      mcp_server_scope: 'crew',
      enabled: false,
      server_name: `override-${agentId}`,
      server_display_name: 'Shown',
    });
  });

  it.each([
    ['no server', { mcp_server_scope: 'workspace' }, 'mcp_server_id is required'],
    ['no scope', { mcp_server_id: missing }, "mcp_server_scope must be 'workspace' or 'crew'"],
    [
      'another scope',
      { mcp_server_id: missing, mcp_server_scope: 'x' },
      "mcp_server_scope must be 'workspace' or 'crew'",
    ],
    ['no such server', { mcp_server_id: missing, mcp_server_scope: 'workspace' }, 'Workspace integration not found'],
    ['no such crew server', { mcp_server_id: missing, mcp_server_scope: 'crew' }, 'Crew integration not found'],
  ])('is refused with 400 for %s', async (_case, json, reason) => {
    expect(await raw(json)).toMatchObject({ status: 400, problem: { detail: reason } });
  });

  it.each([
    ['no such credential', { credential_id: missing }, 'Credential not found'],
    ['an empty type', { cred_type: '' }, "cred_type must be 'bearer', 'api_key', or 'basic'"],
    ['a header that is none', { cred_header: 'a b' }, 'cred_header is not a valid HTTP header name'],
    ['a header of the connection', { cred_header: 'Host' }, 'cred_header names a header that the client sets itself'],
    ['a variable that is none', { env_var_name: 'MY-TOKEN' }, 'env_var_name must be letters, digits and _'],
    ['a variable of the loader', { env_var_name: 'LD_PRELOAD' }, 'env_var_name names a variable that may not'],
    ['an override that is no JSON', { config_override_json: '{' }, 'config_override_json is not valid JSON'],
    ['an override that is no object', { config_override_json: '[]' }, 'config_override_json must be a JSON object'],
  ])('is refused with 400 for %s, on create and on change, and nothing is written', async (_case, body, reason) => {
    const created = await raw({ ...toServer(), ...body });
    expect(created.status).toBe(400);
    expect(created.problem.detail).toContain(reason);
    expect((await list()).data).toEqual([]);
    const id = await test.seed.binding(owner.workspaceId, agentId, { workspaceIntegrationId: serverId });
    const changed = await patch(id, body);
    expect(changed.response.status).toBe(400);
    expect(JSON.stringify(changed.error)).toContain(reason);
  });

  it('is made once, also when three ask at once', async () => {
    const answers = await Promise.all([create(), create(), create()]);
    expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ error }) => error)?.error).toMatchObject({
      detail: 'Agent already has a binding for this integration',
    });
    expect((await list()).data).toHaveLength(1);
  });

  it('takes "" for absent on create, and for "clear" on change, as null', async () => {
    const credentialId = await test.seed.credential(owner.workspaceId);
    const { data } = await create({ credential_id: '', cred_header: '', env_var_name: '', config_override_json: '' });
    expect(data).toMatchObject({
      credential_id: null,
      cred_header: null,
      env_var_name: null,
      config_override_json: null,
    });
    const id = data?.id ?? '';
    const full = {
      credential_id: credentialId,
      env_var_name: 'A',
      cred_header: 'X-Key',
      config_override_json: '{"a":1}',
    };
    expect((await patch(id, full)).data).toMatchObject(full);
    const cleared = { credential_id: null, env_var_name: null, cred_header: null, config_override_json: null };
    expect(
      (await patch(id, { credential_id: '', env_var_name: '', cred_header: '', config_override_json: '' })).data,
    ).toMatchObject(cleared);
    await patch(id, full);
    expect((await patch(id, cleared)).data).toMatchObject(cleared);
  });

  it('answers a change with the whole binding and the documented status', async () => {
    const { data } = await create();
    test.clock.advanceMs(1_000);
    const { data: changed, response } = await patch(data?.id ?? '', { enabled: false, cred_type: 'api_key' });
    expect(response.status).toBe(200);
    expect(changed).toEqual({
      ...data,
      enabled: false,
      cred_type: 'api_key',
      updated_at: test.clock.now().toISOString(),
      status: 'updated',
    });
  });

  it.each([
    ['nothing', {}],
    ['nothing known', { mcp_server_id: 'other', nonsense: 1 }],
    ['nulls where null says nothing', { enabled: null, cred_type: null }],
  ])('refuses a change of %s with "No fields to update"', async (_case, body) => {
    const { data } = await create();
    const { response, error } = await patch(data?.id ?? '', body);
    expect(response.status).toBe(400);
    expect(error).toMatchObject({ detail: 'No fields to update' });
  });

  it('is also found by the id of its server', async () => {
    const { data } = await create();
    expect((await patch(serverId, { enabled: false })).data).toMatchObject({ id: data?.id, enabled: false });
    expect((await remove(serverId)).data).toEqual({ status: 'deleted' });
    expect((await remove(serverId)).response.status).toBe(404);
  });

  it('shows no credential once that is deleted', async () => {
    const credentialId = await test.seed.credential(owner.workspaceId);
    await create({ credential_id: credentialId });
    await test.prisma.client.credential.update({
      where: { id: credentialId },
      data: { deletedAt: test.clock.now() },
    });
    expect((await list()).data).toEqual([expect.objectContaining({ credential_id: null, credential_name: null })]);
  });

  it('seals secrets of the override, shows ***, keeps them by ***, and warns of unknown credentials', async () => {
    const canary = 'ghp_canary0123456789abcdefghijklmnopqrst';
    const { data } = await create({
      config_override_json: JSON.stringify({
        headers: { Authorization: `Bearer ${canary}`, 'X-Team': '{{credential:nope}}' },
      }),
    });
    const id = data?.id ?? '';
    expect(data?.config_override_json).toBe('{"headers":{"Authorization":"***","X-Team":"{{credential:nope}}"}}');
    expect(data?.warnings).toEqual([
      expect.objectContaining({ code: 'unknown_credential', field: 'config_override_json' }),
    ]);
    const kept = await patch(id, { config_override_json: '{"headers":{"Authorization":"***","X-Team":null}}' });
    expect(kept.data?.config_override_json).toBe('{"headers":{"Authorization":"***","X-Team":null}}');
    const listed = await list();
    const tables = [await test.prisma.client.agentBinding.findMany(), await test.prisma.client.auditLog.findMany()];
    const shown = JSON.stringify([data, kept.data, listed.data, tables, test.logs]);
    expect(shown).not.toContain(canary);
    expect(JSON.stringify([data, listed.data])).not.toContain('{{sealed:');
    const row = await test.prisma.client.agentBinding.findUniqueOrThrow({ where: { id } });
    expect(row.sealedLiterals).not.toBeNull();
    await patch(id, { config_override_json: null });
    expect((await test.prisma.client.agentBinding.findUniqueOrThrow({ where: { id } })).sealedLiterals).toBeNull();
  });

  it('lists newest first, with a number of statements that does not grow', async () => {
    const bind = async () => {
      test.clock.advanceMs(1_000);
      const server = await test.seed.integration(owner.workspaceId);
      const credentialId = await test.seed.credential(owner.workspaceId);
      return test.seed.binding(owner.workspaceId, agentId, { workspaceIntegrationId: server }, { credentialId });
    };
    const ids = [await bind(), await bind()];
    const few = await countQueries(() => list());
    for (let index = 0; index < 10; index += 1) ids.push(await bind());
    const many = await countQueries(() => list());
    expect(many.result.data?.map((row) => row.id)).toEqual(ids.reverse());
    expect(many.statements.length).toBe(few.statements.length);
  });

  it('writes an audit row for each change, without the override', async () => {
    const { data } = await create({ config_override_json: '{"region":"eu-secret-place"}' });
    await patch(data?.id ?? '', { enabled: false });
    await remove(data?.id ?? '');
    const rows = await test.prisma.client.auditLog.findMany({ where: { entityId: data?.id ?? '' } });
    expect(rows.map(({ action }) => action).sort()).toEqual([
      'agent_binding.create',
      'agent_binding.delete',
      'agent_binding.update',
    ]);
    expect(JSON.stringify(rows)).not.toContain('eu-secret-place');
    expect(rows.find(({ action }) => action === 'agent_binding.update')?.metadata).toEqual({
      enabled: { from: true, to: false },
    });
  });
});
