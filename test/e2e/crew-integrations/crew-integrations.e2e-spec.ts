import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { unpackLiterals, Vault } from '#vault';

const path = '/api/v1/crews/{crewId}/integrations';
const onePath = '/api/v1/crews/{crewId}/integrations/{integrationId}';
const endpoint = 'https://mcp.example.com/mcp';

describe('crew integrations', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
  });
  afterAll(() => test.close());

  const create = (body: { name: string } & Record<string, unknown>, caller = owner, crew = crewId) =>
    test.as(caller).POST(path, { params: { path: { crewId: crew } }, body });
  const patch = (integrationId: string, body: Record<string, unknown>, caller = owner, crew = crewId) =>
    test.as(caller).PATCH(onePath, { params: { path: { crewId: crew, integrationId } }, body });
  const get = (integrationId: string, caller = owner, crew = crewId) =>
    test.as(caller).GET(onePath, { params: { path: { crewId: crew, integrationId } } });
  const remove = (integrationId: string, caller = owner, crew = crewId) =>
    test.as(caller).DELETE(onePath, { params: { path: { crewId: crew, integrationId } } });

  describe('a server of the crew’s own', () => {
    it('is answered with every documented member, as it is stored', async () => {
      const { response, data } = await create({ name: 'plain', endpoint });
      expect(response.status).toBe(201);
      expect(data).toEqual({
        id: expect.any(String),
        crew_id: crewId,
        workspace_mcp_server_id: null,
        name: 'plain',
        display_name: 'plain',
        transport: 'streamable-http',
        endpoint,
        command: null,
        args_json: null,
        env_json: null,
        config_json: null,
        icon: null,
        enabled: true,
        visibility: null,
        inherited: [],
        created_at: test.clock.now().toISOString(),
        updated_at: test.clock.now().toISOString(),
        agent_binding_count: 0,
        auth_status: 'missing',
      });
      expect((await get(data?.id ?? '')).data).toEqual(data);
    });

    it.each([
      ['no name', { endpoint }, 'name is required'],
      ['an unknown transport', { name: 'x', transport: 'sse' }, "transport must be 'streamable-http' or 'stdio'"],
      ['no endpoint', { name: 'x' }, 'endpoint is required for streamable-http transport'],
      ['no command', { name: 'x', transport: 'stdio' }, 'command is required for stdio transport'],
      ['an endpoint on this host', { name: 'x', endpoint: 'http://127.0.0.1/mcp' }, 'endpoint is not allowed'],
      ['an environment that is no JSON', { name: 'x', endpoint, env_json: '{' }, 'env_json is not valid JSON'],
      ['arguments that are no list', { name: 'x', endpoint, args_json: '{}' }, 'args_json must be a JSON array'],
    ])('is refused with 400 for %s, and nothing is written', async (_case, json, reason) => {
      const before = await test.prisma.client.crewIntegration.count();
      const response = await test.call(`/api/v1/crews/${crewId}/integrations?workspace_id=${owner.workspaceId}`, {
        method: 'POST',
        token: owner.token,
        json,
      });
      expect(response.status).toBe(400);
      expect(((await response.json()) as { detail: string }).detail).toContain(reason);
      expect(await test.prisma.client.crewIntegration.count()).toBe(before);
    });

    it('has a name that its crew has once, also when three ask at once, and another crew may have too', async () => {
      const other = await test.seed.crew(owner.workspaceId);
      const answers = await Promise.all([1, 2, 3].map(() => create({ name: 'twice', endpoint })));
      expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 409, 409]);
      expect(answers.find(({ error }) => error)?.error).toMatchObject({
        detail: 'Integration with this name already exists in this crew',
      });
      expect((await create({ name: 'twice', endpoint }, owner, other)).response.status).toBe(201);
    });

    it('cannot lose the address that its transport needs, whether or not the transport is sent', async () => {
      const { data } = await create({ name: 'addressed', endpoint });
      const answers = await Promise.all(
        [{ endpoint: null }, { endpoint: '' }, { transport: 'stdio' }].map((body) => patch(data?.id ?? '', body)),
      );
      expect(answers.map(({ response }) => response.status)).toEqual([400, 400, 400]);
      expect((await get(data?.id ?? '')).data?.endpoint).toBe(endpoint);
    });

    it('takes null for what cannot be cleared as "not given", and clears what can', async () => {
      const { data } = await create({
        name: 'cleared',
        display_name: 'Shown',
        endpoint,
        icon: 'x',
        visibility: 'bound',
      });
      const after = await patch(data?.id ?? '', { transport: null, display_name: null, icon: null, visibility: null });
      expect(after.data).toMatchObject({
        transport: 'streamable-http',
        display_name: 'cleared',
        icon: null,
        visibility: null,
      });
    });
  });

  describe('an override of a workspace integration', () => {
    const link = (values = {}) =>
      test.seed.integration(owner.workspaceId, { displayName: 'Of the workspace', endpoint, ...values });

    it('inherits what is not given, says so, and shows its own values only', async () => {
      const parent = await link({ envJson: '{"A":"1"}', icon: 'cloud' });
      const { response, data } = await create({ name: 'override', workspace_mcp_server_id: parent, icon: 'own' });
      expect(response.status).toBe(201);
      expect(data).toMatchObject({
        workspace_mcp_server_id: parent,
        display_name: 'Of the workspace',
        transport: 'streamable-http',
        endpoint: null,
        env_json: null,
        icon: 'own',
        auth_status: 'missing',
      });
      expect(data?.inherited).toEqual([
        'display_name',
        'transport',
        'endpoint',
        'command',
        'args_json',
        'env_json',
        'config_json',
        'visibility',
      ]);
      const row = await test.prisma.client.crewIntegration.findUniqueOrThrow({ where: { id: data?.id ?? '' } });
      expect(row).toMatchObject({ transport: null, displayName: null, endpoint: null });
    });

    it('is judged by what it and its parent say together, on create and on change', async () => {
      const http = await link();
      const refused = await create({ name: 'half', workspace_mcp_server_id: http, transport: 'stdio' });
      expect(refused.error).toMatchObject({ detail: 'command is required for stdio transport' });
      const { data } = await create({
        name: 'half',
        workspace_mcp_server_id: http,
        transport: 'stdio',
        command: 'npx',
      });
      expect(data).toMatchObject({ transport: 'stdio', auth_status: 'none' });
      expect(data?.inherited).not.toContain('endpoint');
      expect((await patch(data?.id ?? '', { command: null })).response.status).toBe(400);
      const back = await patch(data?.id ?? '', { command: null, transport: null });
      expect(back.data).toMatchObject({ transport: 'streamable-http', command: null });
      expect(back.data?.inherited).toContain('endpoint');
    });

    it('can be switched off even when a change of its parent left it without an address', async () => {
      const parent = await link();
      const { data } = await create({
        name: 'stranded',
        workspace_mcp_server_id: parent,
        transport: 'streamable-http',
      });
      await test.prisma.client.workspaceIntegration.update({
        where: { id: parent },
        data: { transport: 'stdio', command: 'npx', endpoint: null },
      });
      expect((await patch(data?.id ?? '', { enabled: false })).data?.enabled).toBe(false);
    });

    it('cannot name an integration of another workspace: foreign and missing answer the same', async () => {
      const stranger = await test.seed.workspace();
      const theirs = await test.seed.integration(stranger.workspaceId);
      const answers = await Promise.all(
        [theirs, 'cmissing00000000000000000'].map(async (id) => {
          const { response, error } = await create({ name: 'foreign', workspace_mcp_server_id: id });
          return { status: response.status, problem: { ...error, request_id: '' } };
        }),
      );
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).toMatchObject({
        status: 400,
        problem: { detail: 'Referenced workspace integration not found' },
      });
    });

    it('is none when the link is empty', async () => {
      const { data } = await create({ name: 'unlinked', workspace_mcp_server_id: '', endpoint });
      expect(data?.workspace_mcp_server_id).toBeNull();
    });
  });

  describe('secrets', () => {
    const canary = 'ghp_canary0123456789abcdefghijklmnopqrst';

    it('are sealed, shown as ***, kept by ***, and are nowhere in answers, tables and logs', async () => {
      const created = await create({
        name: 'sealed',
        endpoint,
        env_json: JSON.stringify({ API_TOKEN: canary, REGION: 'eu' }),
        config_json: JSON.stringify({ headers: { Authorization: `Bearer ${canary}` } }),
      });
      const id = created.data?.id ?? '';
      const kept = await patch(id, { env_json: '{"API_TOKEN":"***","REGION":"us"}' });
      const listed = await test.as(owner).GET(path, { params: { path: { crewId }, query: { limit: 100 } } });
      const everywhere = await test.as(owner).GET('/api/v1/integrations/crews');
      expect(created.data).toMatchObject({
        env_json: '{"API_TOKEN":"***","REGION":"eu"}',
        config_json: '{"headers":{"Authorization":"***"}}',
      });
      expect(kept.data?.env_json).toBe('{"API_TOKEN":"***","REGION":"us"}');
      const tables = [
        await test.prisma.client.crewIntegration.findMany(),
        await test.prisma.client.auditLog.findMany(),
      ];
      const shown = JSON.stringify([created.data, kept.data, listed.data, everywhere.data, tables, test.logs]);
      expect(shown).toContain('sealed');
      expect(shown).not.toContain(canary);
      expect(JSON.stringify([created.data, listed.data])).not.toContain('{{sealed:');
    });

    it('survive two changes at once of different members', async () => {
      for (let round = 0; round < 6; round += 1) {
        const id = await test.seed.crewIntegration(owner.workspaceId, crewId);
        await Promise.all([
          patch(id, { env_json: JSON.stringify({ API_TOKEN: canary }) }),
          patch(id, { config_json: JSON.stringify({ headers: { Authorization: `Bearer ${canary}` } }) }),
        ]);
        const { sealedLiterals } = await test.prisma.client.crewIntegration.findUniqueOrThrow({ where: { id } });
        const place = {
          workspaceId: owner.workspaceId,
          table: 'crew_integrations',
          column: 'sealed_literals',
          rowId: id,
        };
        const opened = unpackLiterals(await test.app.get(Vault, { strict: false }).open(sealedLiterals ?? '', place));
        expect([...opened].map(([name, secret]) => [name, secret.reveal()]).sort()).toEqual([
          ['env:API_TOKEN', canary],
          ['headers:authorization', `Bearer ${canary}`],
        ]);
      }
    });

    it('may be named before they exist: the answer warns', async () => {
      const { data } = await create({ name: 'early', endpoint, env_json: '{"T":"{{credential:not-yet}}"}' });
      expect(data?.env_json).toBe('{"T":"{{credential:not-yet}}"}');
      expect(data?.warnings).toEqual([expect.objectContaining({ code: 'unknown_credential', field: 'env_json' })]);
    });
  });

  describe('auth_status and agent_binding_count', () => {
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

  describe('access', () => {
    it('lets a MANAGER create, an ADMIN also change and delete, and everybody read', async () => {
      const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
      const admin = await test.seed.member(owner.workspaceId, 'ADMIN');
      const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
      const created = await create({ name: 'by-manager', endpoint }, manager);
      const id = created.data?.id ?? '';
      const statuses = [
        created.response.status,
        (await create({ name: 'by-viewer', endpoint }, viewer)).response.status,
        (await patch(id, { icon: 'x' }, manager)).response.status,
        (await remove(id, manager)).response.status,
        (await get(id, viewer)).response.status,
        (await patch(id, { icon: 'x' }, admin)).response.status,
        (await remove(id, admin)).response.status,
        (await remove(id, admin)).response.status,
      ];
      expect(statuses).toEqual([201, 403, 403, 403, 200, 200, 200, 404]);
    });

    it('hides a server behind another crew, another workspace and a deleted crew exactly as a missing one', async () => {
      const stranger = await test.seed.workspace();
      const other = await test.seed.crew(owner.workspaceId);
      const dead = await test.seed.crew(owner.workspaceId, { deletedAt: test.clock.now() });
      const theirCrew = await test.seed.crew(stranger.workspaceId);
      const mine = await test.seed.crewIntegration(owner.workspaceId, crewId);
      const theirs = await test.seed.crewIntegration(stranger.workspaceId, theirCrew);
      const buried = await test.seed.crewIntegration(owner.workspaceId, dead);
      const pairs = [
        [crewId, 'cmissing00000000000000000'],
        [other, mine],
        [theirCrew, theirs],
        [crewId, theirs],
        [dead, buried],
      ] as const;
      const problems = new Set<string>();
      for (const [crew, id] of pairs) {
        for (const { error, response } of [
          await get(id, owner, crew),
          await patch(id, { enabled: false }, owner, crew),
          await remove(id, owner, crew),
        ]) {
          problems.add(JSON.stringify({ ...error, instance: '', request_id: '', status: response.status }));
        }
      }
      expect([...problems]).toEqual([expect.stringContaining('Crew integration not found')]);
      expect(await test.prisma.client.crewIntegration.count({ where: { id: { in: [mine, theirs, buried] } } })).toBe(3);
    });

    it('answers 404 for the crew before it reads the body, and 403 before both', async () => {
      const viewer = await test.seed.member(owner.workspaceId, 'VIEWER');
      const send = (crew: string, caller: SeededMember) =>
        test.call(`/api/v1/crews/${crew}/integrations?workspace_id=${owner.workspaceId}`, {
          method: 'POST',
          token: caller.token,
          body: '{',
        });
      expect((await send('cmissing', viewer)).status).toBe(403);
      const missing = await send('cmissing', owner);
      expect(missing.status).toBe(404);
      expect(await missing.json()).toMatchObject({ detail: 'Crew not found' });
      expect((await send(crewId, owner)).status).toBe(400);
    });
  });

  describe('deleting', () => {
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
