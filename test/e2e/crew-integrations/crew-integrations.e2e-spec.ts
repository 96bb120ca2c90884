import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';
import { crewCalls } from './crew-calls.fixture.js';

const endpoint = 'https://mcp.example.com/mcp';

describe('crew integrations', () => {
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
        credential_id: null,
        credential_name: null,
        cred_type: null,
        cred_header: null,
        env_var_name: null,
        origin: 'custom',
        origin_ref: null,
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
        'credential_id',
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
});
