import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#testing';

const adminToken = 'an-administrator-token-of-this-test-0123456789';
const setup = '/api/v1/onboarding/setup';

describe('onboarding', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp({ env: { ADMIN_TOKEN: adminToken } });
  });
  afterAll(() => test.close());

  const as = (user: { token: string }) => test.as({ token: user.token });
  const body = { crew_name: 'Équipe Ops', agent_name: 'Ada' };

  it('is open for a new user, and done once they say so; saying it again changes nothing', async () => {
    const user = await test.seed.user();
    expect((await as(user).GET('/api/v1/onboarding/status')).data).toEqual({ completed: false });
    expect((await as(user).POST('/api/v1/onboarding/complete')).data).toEqual({ status: 'completed' });
    expect((await as(user).POST('/api/v1/onboarding/complete')).data).toEqual({ status: 'completed' });
    expect((await as(user).GET('/api/v1/onboarding/status')).data).toEqual({ completed: true });
    const where = { action: 'onboarding.complete', userId: user.userId };
    expect(await test.prisma.client.auditLog.count({ where })).toBe(1);
  });

  it('counts as done once an agent exists, without writing anything', async () => {
    const owner = await test.seed.workspace();
    const gone = await test.seed.agent(owner.workspaceId, { deletedAt: test.clock.now() });
    expect((await as(owner).GET('/api/v1/onboarding/status')).data).toEqual({ completed: false });
    await test.prisma.client.agent.update({ where: { id: gone }, data: { deletedAt: null } });
    expect((await as(owner).GET('/api/v1/onboarding/status')).data).toEqual({ completed: true });
    const user = await test.prisma.client.user.findUniqueOrThrow({ where: { id: owner.userId } });
    expect(user.onboardingCompleted).toBe(false);
  });

  it('sets up the workspace, a crew and its lead in one go, and writes each of them down', async () => {
    const owner = await test.seed.workspace();
    const taken = await test.seed.crew(owner.workspaceId, { slug: 'equipe-ops' });
    const { response, data } = await as(owner).POST(setup, {
      body: { ...body, workspace_name: 'Acme', llm_provider: 'ANTHROPIC', llm_model: 'm-1', preferred_language: 'cs' },
    });
    expect(response.status).toBe(201);
    expect(data).toMatchObject({ workspace_id: owner.workspaceId, credential_id: null });
    const { client } = test.prisma;
    expect(data?.crew_id).not.toBe(taken);
    expect(await client.crew.findUnique({ where: { id: data?.crew_id } })).toMatchObject({ slug: 'equipe-ops-2' });
    expect(await client.agent.findUnique({ where: { id: data?.agent_id } })).toMatchObject({
      slug: 'ada',
      crewId: data?.crew_id,
      agentRole: 'LEAD',
      cliAdapter: 'CLAUDE_CODE',
      llmProvider: 'ANTHROPIC',
      createdByUserId: owner.userId,
    });
    expect(await client.workspace.findUnique({ where: { id: owner.workspaceId } })).toMatchObject({
      name: 'Acme',
      preferredLanguage: 'cs',
    });
    const rows = await client.auditLog.findMany({ where: { workspaceId: owner.workspaceId }, orderBy: { id: 'asc' } });
    expect(rows.map((row) => row.action).sort()).toEqual([
      'agent.create',
      'crew.create',
      'onboarding.complete',
      'workspace.update',
    ]);
  });

  it('happens once a person, also when sent twice at once', async () => {
    const owner = await test.seed.workspace();
    const answers = await Promise.all([1, 2, 3].map(() => as(owner).POST(setup, { body })));
    expect(answers.map(({ response }) => response.status).sort()).toEqual([201, 409, 409]);
    expect(await test.prisma.client.crew.count({ where: { workspaceId: owner.workspaceId } })).toBe(1);
    expect((await as(owner).POST(setup, { body })).error).toMatchObject({ detail: 'Onboarding already completed' });
  });

  it('never works on a workspace that the caller does not manage', async () => {
    const theirs = await test.seed.workspace();
    const viewer = await test.seed.member(theirs.workspaceId, 'VIEWER');
    const { error } = await as(viewer).POST(setup, { body });
    expect(error).toMatchObject({ status: 400, detail: 'No workspace found for user' });
    expect(await test.prisma.client.crew.count({ where: { workspaceId: theirs.workspaceId } })).toBe(0);
    expect((await as(viewer).GET('/api/v1/onboarding/status')).data).toEqual({ completed: false });
  });

  it.each([
    [{}, 'crew_name is required'],
    [{ crew_name: 'Ops' }, 'agent_name is required'],
    [{ crew_name: 'O', agent_name: 'Ada' }, 'crew_name must be 2-100 characters'],
    [{ ...body, llm_provider: 'ACME' }, 'llm_provider must be ANTHROPIC, OPENAI, GOOGLE, CURSOR, FACTORY, or OLLAMA'],
    [
      { ...body, llm_provider: 'ANTHROPIC', credential_value: 'sk-proj-1' },
      'credential_value must be an Anthropic setup token, which begins with sk-ant-oat',
    ],
    [{ ...body, crew_template_slug: 'web' }, 'crew_template_slug names no crew template of this instance'],
  ])('refuses %j and leaves nothing behind', async (json, detail) => {
    const owner = await test.seed.workspace();
    const response = await test.call(setup, { method: 'POST', token: owner.token, json });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail });
    const where = { workspaceId: owner.workspaceId };
    expect(await test.prisma.client.crew.count({ where })).toBe(0);
    expect(await test.prisma.client.auditLog.count({ where })).toBe(0);
    expect((await as(owner).GET('/api/v1/onboarding/status')).data).toEqual({ completed: false });
  });

  it('is for people, signed in, whose token may change workspaces', async () => {
    const owner = await test.seed.workspace();
    const token = await test.seed.cliToken(owner.userId, { scopes: ['agents:write'] });
    expect((await as({ token }).POST(setup, { body })).response.status).toBe(403);
    expect((await as({ token: adminToken }).POST(setup, { body })).response.status).toBe(403);
    expect((await test.as(null).POST(setup, { body })).response.status).toBe(401);
    expect((await test.as(null).GET('/api/v1/onboarding/status')).response.status).toBe(401);
  });
});
