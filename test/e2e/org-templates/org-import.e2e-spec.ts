import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  adminToken,
  everythingSaid,
  startTemplatesApp,
  type TemplatesApp,
} from '../templates/instance-admin.fixture.js';
import { acmeFolder, botToken, canary, secretOfFile } from './acme.fixture.js';
import { importOrg, type OrgAnswer, rowCounts } from './org-app.fixture.js';

describe('importing an organisation', () => {
  let app: TemplatesApp;

  beforeAll(async () => {
    process.env.NOT_SET = canary;
    app = await startTemplatesApp({ env: { COMPOSIO_API_KEY: canary } });
    await app.write(acmeFolder);
  });
  afterAll(async () => {
    delete process.env.NOT_SET;
    await app.close();
  });

  const setSecret = (key: string, value: string) =>
    app.test.as({ token: adminToken }).POST('/api/v1/settings/secrets', { body: { key, value } });
  const named = (answer: OrgAnswer, name: string) => answer.workspaces?.find((each) => each.name === name)?.id ?? '';

  it('is offered with what it needs', async () => {
    await app.write({ 'orgs/broken/org.yaml': 'workspaces: 1', 'orgs/short/org.yml': 'name: Short' });
    const { data, response } = await app.test.as({ token: adminToken }).GET('/api/v1/org/templates', {});
    const none = { description: '', workspaces: 0, required_env: [], recommended_env: [] };
    expect(data).toEqual([
      {
        dir: 'acme',
        name: 'Acme',
        description: 'A small company',
        workspaces: 3,
        required_env: ['ANTHROPIC_API_KEY', { any_of: ['SLACK_TOKEN', 'TELEGRAM_TOKEN'] }],
        recommended_env: ['SENTRY_DSN'],
      },
      { dir: 'short', name: 'Short', ...none },
    ]);
    expect(response.headers.get('x-total-count')).toBe('2');
  });

  it('asks for what it requires before it makes anything', async () => {
    const before = await rowCounts(app);
    const refused = await importOrg(app, { dir: 'acme' });
    const required = ['ANTHROPIC_API_KEY', { any_of: ['SLACK_TOKEN', 'TELEGRAM_TOKEN'] }];
    expect(refused).toMatchObject({
      httpStatus: 412,
      detail: 'missing required environment variables',
      error: 'missing required environment variables',
      missing_env: required,
      required_env: required,
      template: 'Acme',
      suggestion: 'set these as global secrets (POST /settings/secrets) or pass force=true to override',
    });
    await setSecret('ANTHROPIC_API_KEY', 'set');
    expect(await importOrg(app, { dir: 'acme' })).toMatchObject({ httpStatus: 412, missing_env: required.slice(1) });
    expect({ ...(await rowCounts(app)), audit: 0 }).toEqual({ ...before, audit: 0 });
  });

  it('makes the hierarchy with everything in it, and says what it left out', async () => {
    await setSecret('TELEGRAM_TOKEN', botToken);
    const made = await importOrg(app, { dir: 'acme' }, { token: app.person.token });
    expect(made).toMatchObject({ httpStatus: 201, org: 'Acme', count: 3, repeated: false });
    expect(made.workspaces?.map(({ name, tier, slug, channels }) => ({ name, tier, slug, channels }))).toEqual([
      { name: 'Head', tier: 3, slug: 'head', channels: ['telegram'] },
      { name: 'Dev', tier: 3, slug: 'dev', channels: undefined },
      { name: 'Outside', tier: 1, slug: 'outside', channels: undefined },
    ]);
    expect(made.workspaces?.[0]?.channels_skipped).toEqual([
      { workspace: 'Head', type: 'slack', reason: 'missing env: [NOT_SET]' },
      { workspace: 'Head', type: '', reason: 'empty type' },
      { workspace: 'Head', type: 'carrier-pigeon', reason: 'unknown adapter' },
    ]);
    const left = made.report?.skipped.map(({ workspace, kind, name }) => `${workspace} ${kind} ${name}`);
    expect(left?.filter((each) => !each.includes(' channel ') && !each.includes(' plugin '))).toEqual([
      'Head variable lower',
      'Head schedule silent',
      'Head schedule never',
      'Head schedule nowhere',
      'Dev variable lower',
      'Dev file logo.bin',
      'Dev memory #2',
      'Dev memory #3',
      'Outside variable lower',
    ]);
    expect(left?.filter((each) => each.includes(' plugin '))).toEqual([
      'Head plugin reporter',
      'Head plugin chatter',
      'Dev plugin ../../evil',
      'Dev plugin reporter',
      'Dev plugin linter',
      'Outside plugin reporter',
      'Outside plugin chatter',
    ]);
    await expectRows(made);
  });

  async function expectRows(made: OrgAnswer): Promise<void> {
    const { client } = app.test.prisma;
    const ids = ['Head', 'Dev', 'Outside'].map((name) => named(made, name));
    const [head = '', devId = '', outside = ''] = ids;
    const runtimes = await client.workspaceRuntime.findMany({ where: { workspaceId: { in: ids } } });
    const runtimeOf = (id: string) => runtimes.find(({ workspaceId }) => workspaceId === id);
    expect(runtimeOf(head)).toMatchObject({
      parentId: null,
      role: 'Leads',
      runtime: 'claude-code',
      model: 'sonnet',
      status: 'awaiting_agent',
      maxConcurrentTasks: 1,
      config: { initial_prompt: 'Hello!', category_routing: { bug: ['Dev'] }, plugins: ['reporter', 'chatter'] },
    });
    expect(runtimeOf(devId)).toMatchObject({
      parentId: head,
      runtime: 'langgraph',
      model: 'anthropic:claude-opus-4-7',
      config: { workspace_dir: '/srv/${TEAM}/repo', workspace_access: 'read_write', plugins: ['reporter', 'linter'] },
    });
    expect(runtimeOf(outside)).toMatchObject({ parentId: head, status: 'online' });
    const members = await client.workspaceMember.findMany({ where: { workspaceId: { in: ids } } });
    expect(members.map(({ userId, role }) => ({ userId, role }))).toEqual(
      ids.map(() => ({ userId: app.person.userId, role: 'OWNER' })),
    );
    const agents = await client.agent.findMany({ where: { workspaceId: { in: ids } }, orderBy: { id: 'asc' } });
    const leads = ids.map((id) => agents.filter(({ workspaceId }) => workspaceId === id));
    expect(
      leads.map((each) => each.map(({ name, agentRole, systemPrompt }) => [name, agentRole, systemPrompt])),
    ).toEqual([[['Head', 'LEAD', 'You lead.']], [['Dev', 'LEAD', 'You build.']], [['Outside', 'LEAD', null]]]);
    const files = await client.workspaceFile.findMany({ where: { workspaceId: devId }, orderBy: { path: 'asc' } });
    expect(files.map(({ path, content }) => [path, content])).toEqual([
      ['config.yaml', 'name: Own config'],
      ['nightly.md', 'Run the nightly build.'],
      ['skills/review/SKILL.md', 'Review.'],
      ['system-prompt.md', 'You build.'],
    ]);
    const memories = await client.workspaceMemory.findMany({
      where: { workspaceId: { in: ids } },
      orderBy: { createdAt: 'asc' },
    });
    expect(
      memories.map(({ workspaceId, content, scope }) => [ids.indexOf(workspaceId), content, scope]).sort(),
    ).toEqual([
      [0, 'Everybody knows this', 'LOCAL'],
      [0, 'Founded in 1999', 'GLOBAL'],
      [1, 'The token is ***', 'TEAM'],
      [2, 'Everybody knows this', 'LOCAL'],
    ]);
    const schedules = await client.schedule.findMany({
      where: { workspaceId: { in: ids } },
      orderBy: { name: 'desc' },
    });
    expect(schedules.map(({ name, source, prompt, timezone }) => [name, source, prompt, timezone])).toEqual([
      ['standup', 'template', 'Say hello', 'Europe/Prague'],
      ['schedule-1', 'template', 'Run the nightly build.', 'UTC'],
    ]);
    const channels = await client.channel.findMany({ where: { workspaceId: { in: ids } } });
    expect(channels).toMatchObject([
      { workspaceId: head, channelType: 'telegram', chatIds: ['-1001234567890123'], enabled: true },
    ]);
    const credentials = await client.credential.findMany({ where: { workspaceId: { in: ids } } });
    expect(credentials.map(({ workspaceId, name }) => `${ids.indexOf(workspaceId)} ${name}`).sort()).toEqual(
      [0, 1, 2].flatMap((at) => [`${at} DB_URL`, `${at} SHARED`]),
    );
    const events = await client.event.findMany({
      where: { workspaceId: { in: ids }, NOT: { type: 'credential.created' } },
      orderBy: { seq: 'asc' },
    });
    expect(events.map(({ workspaceId, type }) => `${ids.indexOf(workspaceId ?? '')} ${type}`)).toEqual([
      '0 WORKSPACE_PROVISIONING',
      '0 workspace.provisioning',
      '1 WORKSPACE_PROVISIONING',
      '1 workspace.provisioning',
      '2 WORKSPACE_PROVISIONING',
      '2 WORKSPACE_ONLINE',
      '2 workspace.provisioning',
    ]);
    expect(events.map(({ payload }) => payload).slice(2, 4)).toEqual([
      { name: 'Dev', tier: 3, runtime: 'langgraph', x: 16, y: 130, parent_id: head },
      {
        config_files: files.map(({ path }) => path),
        plugins: ['reporter', 'linter'],
        env_keys: ['DB_URL', 'SHARED'],
      },
    ]);
  }

  it('hands the variables of its .env files to the agent, and the files to whoever has a token of the workspace', async () => {
    const made = await importOrg(app, { dir: 'acme' }, { token: app.person.token });
    const workspaceId = named(made, 'Dev');
    const by = app.test.as({ token: app.person.token });
    const at = { params: { path: { workspaceId } } };
    const { data: files } = await by.GET('/api/v1/workspaces/{workspaceId}/files', at);
    const fileId = files?.find(({ path }) => path === 'nightly.md')?.id ?? '';
    const { data } = await by.GET('/api/v1/workspaces/{workspaceId}/files/{fileId}', {
      params: { path: { workspaceId, fileId } },
    });
    expect(data).toMatchObject({ content: 'Run the nightly build.', size_bytes: 22 });
    const minted = await by.POST('/api/v1/workspaces/{workspaceId}/tokens', {
      ...at,
      body: { kind: 'workspace', scopes: ['workspace:read'] },
    });
    const bearer = { token: minted.data?.auth_token ?? '' };
    const seen = await app.test.as(bearer).GET('/api/v1/workspaces/{workspaceId}/files', at);
    expect(seen.data).toHaveLength(4);
    const other = named(made, 'Head');
    const foreign = await app.test.call(`/api/v1/workspaces/${other}/files/${fileId}`, { token: app.person.token });
    expect(foreign.status).toBe(404);
    expect((await app.test.call(`/api/v1/workspaces/${other}/files`, bearer)).status).toBe(401);
  });

  it('is for the instance administrator', async () => {
    const owner = await app.test.seed.workspace();
    expect((await importOrg(app, { dir: 'acme' }, { token: null })).httpStatus).toBe(401);
    expect((await importOrg(app, { dir: 'acme' }, { token: owner.token })).httpStatus).toBe(403);
    expect((await app.test.call('/api/v1/org/templates', { token: owner.token })).status).toBe(403);
    expect((await app.test.call('/api/v1/org/templates')).status).toBe(401);
  });

  it('tells nobody the environment of the process, a value of a .env file, or a secret of the instance', async () => {
    const said = await everythingSaid(app);
    expect(said).not.toContain(canary);
    expect(said).not.toContain(secretOfFile);
    expect(said).not.toContain(botToken);
    expect(said).not.toContain('own-value');
  });
});
