import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/credentials';
const one = '/api/v1/credentials/{credentialId}';

describe('credentials', () => {
  let test: TestApp;
  let owner: SeededMember;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
  });
  afterAll(() => test.close());

  const post = (json: object, caller: SeededMember = owner) =>
    test.call(`${path}?workspace_id=${caller.workspaceId}`, { method: 'POST', token: caller.token, json });
  const patch = (credentialId: string, body: object, caller = owner) =>
    test.as(caller).PATCH(one, { params: { path: { credentialId } }, body });
  const stored = (id: string) => test.prisma.client.credential.findUniqueOrThrow({ where: { id } });

  it('answers a new credential completely, and its value to nobody ever', async () => {
    const { response, data } = await test.as(owner).POST(path, {
      body: {
        name: 'github-token',
        type: 'API_KEY',
        provider: 'GITHUB',
        value: 'canary-value-1',
        tags: [' Prod ', 'prod'],
        security_level: 3,
        token_expires_at: '2027-01-31T00:00:00Z',
        sensitivity: 'SEALED',
      },
    });
    expect(response.status).toBe(201);
    expect(data).toMatchObject({
      name: 'github-token',
      type: 'API_KEY',
      status: 'ACTIVE',
      scope: 'WORKSPACE',
      crew_id: null,
      crew_ids: [],
      testable: true,
      sensitivity: 'SEALED',
      security_level: 3,
      security_level_label: 'High',
      token_expires_at: '2027-01-31T00:00:00.000Z',
      tags: ['prod'],
      _count_agent_credentials: 0,
      agent_names: [],
      agent_ids: [],
      mcp_used: false,
      created_by_actor_type: 'user',
      created_by_actor_id: owner.userId,
      provisioned_for_service: null,
    });
    const id = data?.id ?? '';
    await patch(id, { value: 'canary-value-2', description: 'd' });
    const timeline = await test.as(owner).GET('/api/v1/credentials/{credentialId}/audit', {
      params: { path: { credentialId: id } },
    });
    const audit = await test.prisma.client.auditLog.findMany({ where: { entityId: id } });
    const seen = [data, await stored(id), timeline.data, audit, (await test.as(owner).GET(path)).data, test.logs];
    expect(JSON.stringify(seen)).not.toContain('canary-value');
    expect(timeline.data?.map((event) => event.event_type).sort()).toEqual(['CREATED', 'ROTATE']);
  });

  it.each([
    ['no name', { value: 'x' }, 'name is required'],
    ['a blank name', { name: '  ', value: 'x' }, 'name is required'],
    ['no value', { name: 'x' }, 'value is required'],
    ['an unknown type', { name: 'x', value: 'x', type: 'NOPE' }, 'type must be one of'],
    [
      'USERPASS without user',
      { name: 'x', value: 'x', type: 'USERPASS' },
      'username is required for USERPASS credentials',
    ],
    ['an SSH key without PEM', { name: 'x', value: 'x', type: 'SSH_KEY' }, 'must be a PEM private key'],
    [
      'an endpoint with a password',
      { name: 'x', value: 'https://u:canary@example.com', type: 'ENDPOINT_URL' },
      'value must not hold a user name or password',
    ],
    ['an unknown crew', { name: 'x', value: 'x', crew_ids: ['cnone'] }, 'Invalid crew_id: cnone'],
    ['CREW scope without crews', { name: 'x', value: 'x', scope: 'CREW' }, 'crew_ids is required for CREW scope'],
    ['a security level', { name: 'x', value: 'x', security_level: 9 }, 'security_level must be from 1 to 4'],
    ['a long value', { name: 'x', value: 'x'.repeat(65_537) }, 'value is too long (max 65536 bytes)'],
  ])('refuses %s and writes nothing', async (_case, json, detail) => {
    const before = await test.prisma.client.credential.count();
    const response = await post(json);
    const problem = (await response.json()) as { detail: string };
    expect(response.status).toBe(400);
    expect(problem.detail).toContain(detail);
    expect(JSON.stringify(problem)).not.toContain('canary');
    expect(await test.prisma.client.credential.count()).toBe(before);
  });

  it('lets a value come later: PENDING until it is there', async () => {
    const pending = await test.as(owner).POST(path, { body: { name: 'later', pending: true } });
    const oauth = await test.as(owner).POST(path, {
      body: { name: 'oauth', type: 'OAUTH2', oauth_client_id: 'id', oauth_client_secret: 'canary' },
    });
    expect([pending.data?.status, oauth.data?.status]).toEqual(['PENDING', 'PENDING']);
    expect((await stored(oauth.data?.id ?? '')).sealedOauthClientSecret).toMatch(/^v1\./);
    expect((await patch(pending.data?.id ?? '', { value: 'now' })).data?.status).toBe('ACTIVE');
  });

  it('shows the base of an endpoint without its query', async () => {
    const value = 'https://example.com/v1?key=canary';
    const { data } = await test.as(owner).POST(path, { body: { name: 'endpoint', type: 'ENDPOINT_URL', value } });
    expect(data?.endpoint_url).toBe('https://example.com/v1');
  });

  it('keeps names unique among live credentials, whoever comes at once, also for PATCH', async () => {
    const create = () => post({ name: 'unique', value: 'x' });
    const statuses = (await Promise.all([create(), create(), create()])).map((response) => response.status);
    expect(statuses.sort()).toEqual([201, 409, 409]);
    const other = await test.seed.credential(owner.workspaceId);
    const clash = await patch(other, { name: 'unique' });
    expect([clash.response.status, clash.error?.detail]).toEqual([409, 'Credential with this name already exists']);
    const { id } = await test.prisma.client.credential.findFirstOrThrow({ where: { name: 'unique' } });
    await test.as(owner).DELETE(one, { params: { path: { credentialId: id } } });
    expect((await create()).status).toBe(201);
    expect((await stored(id)).deletedAt).not.toBeNull();
  });

  it('wipes the secret, empties bindings and removes grants when it is deleted', async () => {
    const { workspaceId } = owner;
    const created = await test.as(owner).POST(path, { body: { name: 'wiped', value: 'x' } });
    const credentialId = created.data?.id ?? '';
    const agentId = await test.seed.agent(workspaceId);
    const server = await test.seed.integration(workspaceId);
    const binding = await test.seed.binding(workspaceId, agentId, { workspaceIntegrationId: server }, { credentialId });
    await test.as(owner).POST('/api/v1/agents/{agentId}/credentials', {
      params: { path: { agentId } },
      body: { credential_id: credentialId, env_var_name: 'X' },
    });
    const used = await test.as(owner).GET(one, { params: { path: { credentialId } } });
    expect(used.data).toMatchObject({ mcp_used: true, _count_agent_credentials: 1, agent_ids: [agentId] });
    const { data } = await test.as(owner).DELETE(one, { params: { path: { credentialId } } });
    expect(data).toEqual({ success: true });
    expect((await stored(credentialId)).sealedValue).toBeNull();
    const row = await test.prisma.client.agentBinding.findUniqueOrThrow({ where: { id: binding } });
    expect([row.credentialId, row.enabled]).toEqual([null, true]);
    expect(await test.prisma.client.agentCredential.count({ where: { credentialId } })).toBe(0);
    expect((await test.as(owner).DELETE(one, { params: { path: { credentialId } } })).response.status).toBe(404);
  });

  it('never leaves a grant of a credential that was deleted meanwhile', async () => {
    const credentialId = await test.seed.credential(owner.workspaceId);
    const agents = await Promise.all([1, 2, 3].map(() => test.seed.agent(owner.workspaceId)));
    const body = { credential_id: credentialId, env_var_name: 'X' };
    await Promise.all([
      ...agents.map((agentId) =>
        test.as(owner).POST('/api/v1/agents/{agentId}/credentials', { params: { path: { agentId } }, body }),
      ),
      test.as(owner).DELETE(one, { params: { path: { credentialId } } }),
    ]);
    expect(await test.prisma.client.agentCredential.count({ where: { credentialId } })).toBe(0);
  });

  it('hides crews’ credentials from members of other crews, and opens all to a MANAGER', async () => {
    const workspace = await test.seed.workspace();
    const crewId = await test.seed.crew(workspace.workspaceId);
    const member = await test.seed.member(workspace.workspaceId, 'MEMBER');
    const manager = await test.seed.member(workspace.workspaceId, 'MANAGER');
    await test.as(workspace).POST(path, { body: { name: 'open', value: 'x' } });
    const { data } = await test.as(workspace).POST(path, { body: { name: 'crew only', value: 'x', crew_id: crewId } });
    expect(data).toMatchObject({ scope: 'CREW', crew_id: crewId, crew_ids: [crewId] });
    const names = async (caller: SeededMember) => {
      const answer = await test.call(`${path}?workspace_id=${workspace.workspaceId}`, { token: caller.token });
      return ((await answer.json()) as { name: string }[]).map((row) => row.name).sort();
    };
    const read = (caller: SeededMember) =>
      test.as(caller).GET(one, { params: { path: { credentialId: data?.id ?? '' } } });
    expect([await names(member), await names(manager)]).toEqual([['open'], ['crew only', 'open']]);
    expect((await read(member)).response.status).toBe(404);
    await test.as(workspace).POST('/api/v1/crews/{crewId}/members', {
      params: { path: { crewId } },
      body: { user_id: member.userId },
    });
    expect(await names(member)).toEqual(['crew only', 'open']);
    expect((await read(member)).response.status).toBe(200);
    const opened = await patch(data?.id ?? '', { crew_ids: [] }, workspace);
    expect(opened.data).toMatchObject({ scope: 'WORKSPACE', crew_ids: [] });
  });

  it('lets the capability credential.create do just that, for own crews only', async () => {
    const { workspaceId } = owner;
    const plain = await test.seed.member(workspaceId, 'MEMBER');
    const capable = await test.seed.member(workspaceId, 'MEMBER', ['credential.create']);
    const crewId = await test.seed.crew(workspaceId);
    const refused = await post({ name: 'cap-0', value: 'x' }, plain);
    const made = await post({ name: 'cap-1', value: 'x' }, capable);
    const strange = await post({ name: 'cap-2', value: 'x', crew_ids: [crewId] }, capable);
    expect([refused.status, made.status, strange.status]).toEqual([403, 201, 400]);
    const { id } = (await made.json()) as { id: string };
    expect((await patch(id, { description: 'd' }, capable)).response.status).toBe(403);
    const token = await test.seed.cliToken(capable.userId, { scopes: ['agents:write'] });
    expect((await post({ name: 'cap-3', value: 'x' }, { ...capable, token })).status).toBe(403);
  });

  it('searches literally, filters by tag, and pages by cursor without losing or repeating a row', async () => {
    const workspace = await test.seed.workspace();
    for (const [name, tag] of [
      ['a_b', 'x'],
      ['axb', 'x'],
      ['100%', 'y'],
      ['1000', 'y'],
      ['C:\\d', 'y'],
    ] as const) {
      await test.as(workspace).POST(path, { body: { name, value: 'v', tags: [tag] } });
    }
    const names = async (query: Record<string, string>) => {
      const search = new URLSearchParams({ workspace_id: workspace.workspaceId, ...query });
      const answer = await test.call(`${path}?${search.toString()}`, { token: workspace.token });
      return ((await answer.json()) as { name: string }[]).map((row) => row.name).sort();
    };
    expect(await names({ search: 'A_B' })).toEqual(['a_b']);
    expect(await names({ search: '0%' })).toEqual(['100%']);
    expect(await names({ search: 'c:\\' })).toEqual(['C:\\d']);
    expect(await names({ tag: 'X' })).toEqual(['a_b', 'axb']);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const search = new URLSearchParams({ workspace_id: workspace.workspaceId, paginate: 'true', limit: '2', cursor });
      const answer = await test.call(`${path}?${search.toString()}`, { token: workspace.token });
      const page = (await answer.json()) as {
        credentials: { name: string }[];
        next_cursor: string | null;
        limit: number;
      };
      expect(page.limit).toBe(2);
      seen.push(...page.credentials.map((row) => row.name));
      cursor = page.next_cursor;
    }
    expect(seen.length).toBe(5);
    expect(new Set(seen).size).toBe(5);
  });

  it.each([
    ['paginate=true&limit=0', 'limit must be a positive integer'],
    ['paginate=true&limit=many', 'limit must be a positive integer'],
    ['paginate=true&cursor=abc', 'invalid cursor: it was not made by this list'],
  ])('refuses %s', async (query, detail) => {
    const answer = await test.call(`${path}?workspace_id=${owner.workspaceId}&${query}`, { token: owner.token });
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([400, detail]);
  });

  it('answers a foreign credential as a missing one, before the body', async () => {
    const theirs = await test.seed.credential((await test.seed.workspace()).workspaceId);
    for (const id of [theirs, 'cmissing']) {
      const url = `${path}/${id}?workspace_id=${owner.workspaceId}`;
      const answer = await test.call(url, { method: 'PUT', token: owner.token, body: '{' });
      expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
        404,
        'Credential not found',
      ]);
    }
    const own = await test.seed.credential(owner.workspaceId);
    expect((await patch(own, {})).error?.detail).toBe('No fields to update');
  });

  it('knows which variable a provider’s programs read', async () => {
    const ask = async (provider: string) =>
      (await test.as(owner).GET('/api/v1/credentials/default-env-var', { params: { query: { provider } } })).data;
    expect(await ask('github')).toEqual({ env_var: 'GH_TOKEN', testable: true });
    expect(await ask('nobody')).toEqual({ env_var: '', testable: false });
  });
});
