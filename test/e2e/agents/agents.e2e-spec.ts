import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkspaceRole } from '#kernel';
import { type SeededMember, startTestApp, type TestApp } from '#testing';

const path = '/api/v1/agents';
const one = '/api/v1/agents/{agentId}';

describe('agents', () => {
  let test: TestApp;
  let owner: SeededMember;
  let crewId: string;

  beforeAll(async () => {
    test = await startTestApp();
    owner = await test.seed.workspace();
    crewId = await test.seed.crew(owner.workspaceId);
  });
  afterAll(() => test.close());

  const post = (json: object, caller: SeededMember = owner) =>
    test.call(`${path}?workspace_id=${owner.workspaceId}`, { method: 'POST', token: caller.token, json });
  const patch = (agentId: string, body: object, caller = owner) =>
    test.as(caller).PATCH(one, { params: { path: { agentId } }, body });
  const join = async (member: SeededMember, role: WorkspaceRole, crew = crewId) => {
    const id = `m${member.userId}`;
    const createdAt = test.clock.now();
    await test.prisma.client.crewMember.create({ data: { id, crewId: crew, userId: member.userId, role, createdAt } });
  };

  it('answers a new agent with its defaults and its crew', async () => {
    const { response, data } = await test
      .as(owner)
      .POST(path, { body: { name: 'Release bot', slug: 'release-bot', crew_id: crewId, workflow_id: 'wf_1' } });
    expect(response.status).toBe(201);
    expect(data).toMatchObject({
      crew_id: crewId,
      agent_role: 'AGENT',
      lead_mode: null,
      status: 'IDLE',
      cli_adapter: 'CLAUDE_CODE',
      tool_profile: 'CODING',
      timeout_seconds: 1800,
      memory_enabled: false,
      workflow_id: 'wf_1',
      crew: { name: 'Test Crew', color: null, avatar_style: null },
      _count: { skills: 0, credentials: 0, chats: 0 },
      created_by_user_id: owner.userId,
    });
    const { data: read } = await test.as(owner).GET(one, { params: { path: { agentId: data?.id ?? '' } } });
    expect(read).toMatchObject({ id: data?.id, webhook_secret_set: false });
  });

  it.each([
    ['', 'empty-workflow'],
    ['  ', 'blank-workflow'],
    [null, 'no-workflow'],
  ])('has no workflow when it is made with %j or changed to it', async (workflow_id, slug) => {
    const made = await post({ name: 'No workflow', slug, workflow_id });
    const { id, ...rest } = (await made.json()) as { id: string; workflow_id: string | null };
    expect([made.status, rest.workflow_id]).toEqual([201, null]);
    expect((await patch(id, { workflow_id: 'wf_1' })).data?.workflow_id).toBe('wf_1');
    expect((await patch(id, { name: 'Kept' })).data?.workflow_id).toBe('wf_1');
    expect((await patch(id, { workflow_id })).data?.workflow_id).toBeNull();
  });

  it.each([
    ['a broken body', '{', 400, 'Invalid JSON body'],
    ['an unknown crew, before the name', { crew_id: 'cnone' }, 400, 'Invalid crew_id'],
    ['a crew that is a number', { crew_id: 7 }, 400, 'Invalid crew_id'],
    ['no name', {}, 400, 'name must be 2-100 characters'],
    ['a bad slug', { name: 'ok', slug: 'A!' }, 400, 'slug must contain only lowercase letters, numbers, and hyphens'],
    ['a role', { name: 'ok', slug: 'ok', agent_role: 'BOSS' }, 400, 'agent_role must be AGENT or LEAD'],
    [
      'a lead without crew',
      { name: 'ok', slug: 'ok', agent_role: 'LEAD', crew_id: '' },
      400,
      'LEAD role requires crew_id',
    ],
    ['a lead mode', { name: 'ok', slug: 'ok', lead_mode: 'x' }, 400, "lead_mode must be 'active' or 'passive'"],
    ['an adapter', { name: 'ok', slug: 'ok', cli_adapter: 'x' }, 400, 'cli_adapter must be CLAUDE_CODE'],
    ['a provider', { name: 'ok', slug: 'ok', llm_provider: 'x' }, 400, 'llm_provider must be ANTHROPIC'],
    ['a profile', { name: 'ok', slug: 'ok', tool_profile: 'x' }, 400, 'tool_profile must be MINIMAL, CODING, or FULL'],
  ])('refuses %s and writes nothing', async (_case, body, status, detail) => {
    const before = await test.prisma.client.agent.count();
    const init = typeof body === 'string' ? { body } : { json: body };
    const url = `${path}?workspace_id=${owner.workspaceId}`;
    const response = await test.call(url, { method: 'POST', token: owner.token, ...init });
    expect(response.status).toBe(status);
    expect(((await response.json()) as { detail: string }).detail).toContain(detail);
    expect(await test.prisma.client.agent.count()).toBe(before);
  });

  it("takes another workspace's crew for an unknown one", async () => {
    const theirs = await test.seed.crew((await test.seed.workspace()).workspaceId);
    const created = await post({ name: 'Spy', slug: 'spy', crew_id: theirs });
    const moved = await patch(await test.seed.agent(owner.workspaceId), { crew_id: theirs });
    expect([created.status, moved.response.status, moved.error?.detail]).toEqual([400, 400, 'Invalid crew_id']);
  });

  it('lets a crew role raise a MEMBER to make agents in that crew, and nowhere else', async () => {
    const member = await test.seed.member(owner.workspaceId, 'MEMBER');
    const before = await post({ name: 'Mine', slug: 'raised', crew_id: crewId }, member);
    await join(member, 'MANAGER');
    const inside = await post({ name: 'Mine', slug: 'raised', crew_id: crewId }, member);
    const outside = await post({ name: 'Mine', slug: 'raised-2' }, member);
    expect([before.status, inside.status, outside.status]).toEqual([403, 201, 403]);
    const token = await test.seed.cliToken(member.userId, { scopes: ['crews:write'] });
    expect((await post({ name: 'x', slug: 'x', crew_id: crewId }, { ...member, token })).status).toBe(403);
  });

  it('lets a crew role below the workspace role lower nothing', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    await join(manager, 'VIEWER');
    expect((await post({ name: 'Fine', slug: 'not-lowered', crew_id: crewId }, manager)).status).toBe(201);
  });

  it('lets a MANAGER change only their own agents and those of crews they administer, and hides which ids exist', async () => {
    const manager = await test.seed.member(owner.workspaceId, 'MANAGER');
    const theirs = await test.seed.crew(owner.workspaceId);
    await join(manager, 'ADMIN', theirs);
    const own = await test.seed.agent(owner.workspaceId, { createdByUserId: manager.userId });
    const administered = await test.seed.agent(owner.workspaceId, { crewId: theirs });
    const foreign = await test.seed.agent((await test.seed.workspace()).workspaceId);
    const others = [await test.seed.agent(owner.workspaceId), foreign, 'cmissing'];
    for (const id of [own, administered]) {
      expect((await patch(id, { name: 'Changed' }, manager)).response.status).toBe(200);
    }
    const refusals = await Promise.all(others.map((id) => patch(id, { name: 'Changed' }, manager)));
    const bare = refusals.map(({ response, error }) => [response.status, error?.detail, error?.code]);
    expect(new Set(bare.map((each) => JSON.stringify(each)))).toEqual(new Set(['[403,"Forbidden","agent.forbidden"]']));
    expect((await patch('cmissing', {})).response.status).toBe(404);
    expect((await patch(foreign, {})).response.status).toBe(404);
  });

  it('has one lead a crew, however many are made at once', async () => {
    const crew = await test.seed.crew(owner.workspaceId);
    const answers = await Promise.all(
      [1, 2, 3].map((n) => post({ name: 'Lead', slug: `lead-${n}`, crew_id: crew, agent_role: 'LEAD' })),
    );
    expect(answers.map((each) => each.status).sort()).toEqual([201, 409, 409]);
    const problems = await Promise.all(answers.filter((each) => each.status === 409).map((each) => each.json()));
    expect(problems).toMatchObject([
      { detail: 'Crew already has a lead agent' },
      { detail: 'Crew already has a lead agent' },
    ]);
  });

  it('demotes the previous lead with every promotion, also when promotions race', async () => {
    const crew = await test.seed.crew(owner.workspaceId);
    const ids = await Promise.all([1, 2, 3, 4].map(() => test.seed.agent(owner.workspaceId, { crewId: crew })));
    const answers = await Promise.all(ids.map((id) => patch(id, { agent_role: 'LEAD' })));
    expect(answers.map(({ response }) => response.status)).toEqual([200, 200, 200, 200]);
    const where = { crewId: crew, deletedAt: null };
    const leads = await test.prisma.client.agent.findMany({ where: { ...where, agentRole: 'LEAD' } });
    expect(leads.map((lead) => lead.leadMode)).toEqual(['active']);
    const demoted = await test.prisma.client.agent.findMany({ where: { ...where, agentRole: 'AGENT' } });
    expect(demoted.map((agent) => agent.leadMode)).toEqual([null, null, null]);
  });

  it('never leaves a lead without a crew', async () => {
    const lead = await test.seed.agent(owner.workspaceId, {
      crewId: await test.seed.crew(owner.workspaceId),
      agentRole: 'LEAD',
    });
    const { error } = await patch(lead, { crew_id: null });
    expect(error?.detail).toBe('LEAD role requires crew_id');
  });

  it('moves between crews: "" stays, null leaves; only what it said of the old crew\'s servers goes', async () => {
    const { workspaceId } = owner;
    const [from, to] = [await test.seed.crew(workspaceId), await test.seed.crew(workspaceId)];
    const agentId = await test.seed.agent(workspaceId, { crewId: from });
    const credentialId = await test.seed.credential(workspaceId);
    const crewServer = await test.seed.crewIntegration(workspaceId, from);
    await test.seed.binding(workspaceId, agentId, { crewIntegrationId: crewServer });
    await test.seed.binding(workspaceId, agentId, { workspaceIntegrationId: await test.seed.integration(workspaceId) });
    await test.as(owner).POST('/api/v1/agents/{agentId}/credentials', {
      params: { path: { agentId } },
      body: { credential_id: credentialId, env_var_name: 'A' },
    });
    expect((await patch(agentId, { crew_id: '', name: 'Same' })).data?.crew_id).toBe(from);
    expect((await patch(agentId, { crew_id: to })).data?.crew_id).toBe(to);
    const bindings = await test.prisma.client.agentBinding.findMany({ where: { agentId } });
    expect(bindings.map((row) => row.crewIntegrationId)).toEqual([null]);
    expect(await test.prisma.client.agentCredential.count({ where: { agentId } })).toBe(1);
    expect((await patch(agentId, { crew_id: null })).data).toMatchObject({ crew_id: null, crew: null });
  });

  it.each([
    ['nothing known', { foo: 1 }, 400, 'No fields to update'],
    ['a slug that is taken', { slug: 'release-bot' }, 409, 'Agent slug already taken in this workspace'],
    ['a name that is a number', { name: 7 }, 400, 'name must be 2-100 characters'],
    ['a broken blob', { mcp_config_json: '[]' }, 400, 'mcp_config_json must contain a "mcpServers" object'],
  ])('refuses a change with %s', async (_case, body, status, detail) => {
    const { response, error } = await patch(await test.seed.agent(owner.workspaceId), body);
    expect([response.status, error?.detail]).toEqual([status, detail]);
  });

  it('keeps secrets of its MCP blob sealed, and prompts out of the audit log', async () => {
    const blob = (token: string) => JSON.stringify({ mcpServers: { a: { env: { API_TOKEN: token, B: 'c' } } } });
    const created = await test.as(owner).POST(path, {
      body: { name: 'Sealed', slug: 'sealed', system_prompt: 'canary prompt', mcp_config_json: blob('canary-token') },
    });
    const agentId = created.data?.id ?? '';
    expect(created.data?.mcp_config_json).toBe(blob('***'));
    expect((await patch(agentId, { mcp_config_json: blob('***'), suggested_prompts: 'canary' })).response.status).toBe(
      200,
    );
    const row = await test.prisma.client.agent.findUniqueOrThrow({ where: { id: agentId } });
    expect(row.mcpConfigJson).not.toContain('canary');
    const audit = await test.prisma.client.auditLog.findMany({ where: { entityId: agentId } });
    expect(audit.map((each) => each.action).sort()).toEqual(['agent.create', 'agent.update']);
    expect(JSON.stringify(audit)).not.toContain('canary');
    const lost = await patch(agentId, { mcp_config_json: '{"mcpServers":{"b":{"env":{"API_TOKEN":"***"}}}}' });
    expect(lost.error?.detail).toContain('there is no earlier value');
  });

  it('takes bindings and grants along when it is deleted, frees its slug, and is gone afterwards', async () => {
    const { workspaceId } = owner;
    const agentId = await test.seed.agent(workspaceId, { slug: 'reused' });
    const credentialId = await test.seed.credential(workspaceId);
    await test.seed.binding(workspaceId, agentId, { workspaceIntegrationId: await test.seed.integration(workspaceId) });
    const grants = { params: { path: { agentId } } };
    const body = { credential_id: credentialId, env_var_name: 'A' };
    await test.as(owner).POST('/api/v1/agents/{agentId}/credentials', { ...grants, body });
    const { data } = await test.as(owner).DELETE(one, grants);
    expect(data).toEqual({ success: true });
    expect(await test.prisma.client.agentBinding.count({ where: { agentId } })).toBe(0);
    expect(await test.prisma.client.agentCredential.count({ where: { agentId } })).toBe(0);
    expect((await test.as(owner).GET(one, grants)).response.status).toBe(404);
    expect((await test.as(owner).DELETE(one, grants)).response.status).toBe(404);
    expect((await post({ name: 'Reused', slug: 'reused' })).status).toBe(201);
  });

  it('lists by crew, page by page', async () => {
    const crew = await test.seed.crew(owner.workspaceId);
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      test.clock.advanceMs(1_000);
      ids.unshift(await test.seed.agent(owner.workspaceId, { crewId: crew }));
    }
    const query = { crew_id: crew, limit: 2, offset: 1 };
    const { data, response } = await test.as(owner).GET(path, { params: { query } });
    expect(data?.map((row) => row.id)).toEqual(ids.slice(1));
    expect(response.headers.get('x-total-count')).toBe('3');
  });
});
