import { type SeededMember, startTestApp, type TestApp } from '#testing';

export const adminToken = 'an-administrator-token-of-this-test';

/** Never to be seen outside an encrypted bundle. */
export const canaries = {
  credential: 'canary-credential-51b9',
  literal: 'canary-literal-77aa',
  header: 'canary-header-0c3e',
  blob: 'canary-blob-b41d',
  override: 'canary-override-9e2f',
  oauthClient: 'canary-client-31cc',
  channel: 'canary-channel-8f10',
};

/** A bundle as these tests look at it. */
export interface AnyBundle {
  id: string;
  name: string;
  sub_workspaces: AnyBundle[];
  [member: string]: unknown;
}

/** An instance of the product of its own, with an instance administrator. */
export function startInstance(env: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  return startTestApp({ env: { ADMIN_TOKEN: adminToken, CREWSHIP_RATELIMIT_DISABLED: 'true', ...env } });
}

export const exportOf = (test: TestApp, workspaceId: string, json?: object): Promise<Response> =>
  test.call(`/api/v1/bundles/export/${workspaceId}`, {
    token: adminToken,
    ...(json && { method: 'POST', json }),
  });

export const importInto = (test: TestApp, json: unknown, headers?: Record<string, string>): Promise<Response> =>
  test.call('/api/v1/bundles/import', { method: 'POST', token: adminToken, json, ...(headers && { headers }) });

export async function bundleOf(test: TestApp, workspaceId: string): Promise<AnyBundle> {
  const response = await exportOf(test, workspaceId);
  if (response.status !== 200) throw new Error(`export answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as AnyBundle;
}

/** What may differ between two instances. */
export function withoutIds({
  id: _id,
  sub_workspaces: below,
  secrets: _secrets,
  channels,
  ...bundle
}: AnyBundle): unknown {
  // A channel is off, and without its secrets, until somebody fills them in.
  const kept = (channels as object[]).map((each) => ({ ...each, secrets: null, enabled: null }));
  return { ...bundle, channels: kept, sub_workspaces: below.map(withoutIds) };
}

/** The smallest bundle that is one. */
export const plain = (name: string, more: object = {}) => ({ schema: '1.0', id: 'b1', name, ...more });

/** A workspace with one of everything that a bundle carries, and two workspaces below it. Answers its owner. */
export async function richWorkspace(test: TestApp): Promise<SeededMember> {
  const { seed, prisma } = test;
  const owner = await seed.workspace({ name: 'Research', preferredLanguage: 'de', runRetentionDays: 30 });
  const { workspaceId, token } = owner;
  const post = async (path: string, json: object): Promise<string> => {
    const response = await test.call(`/api/v1/${path}?workspace_id=${workspaceId}`, { method: 'POST', token, json });
    const body = (await response.json()) as { id: string };
    if (response.status !== 201) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
    return body.id;
  };
  const crew = await post('crews', { name: 'Platform', slug: 'platform', allowed_domains: ['example.com'] });
  const other = await post('crews', { name: 'Other', slug: 'other' });
  const lead = await post('agents', {
    name: 'Lead',
    slug: 'lead',
    crew_id: crew,
    agent_role: 'LEAD',
    system_prompt: 'Lead the work.',
    mcp_config_json: JSON.stringify({
      mcpServers: { docs: { url: 'https://mcp.example.com', env: { API_KEY: canaries.blob } } },
    }),
  });
  await post('agents', { name: 'Single', slug: 'single' });
  const value = canaries.credential;
  const github = await post('credentials', {
    name: 'github',
    value,
    type: 'API_KEY',
    provider: 'GITHUB',
    tags: ['ci'],
  });
  const limited = await post('credentials', { name: 'limited', value, crew_ids: [crew, other] });
  await post('credentials', {
    name: 'oauth',
    type: 'OAUTH2',
    oauth_client_id: 'client-1',
    oauth_client_secret: canaries.oauthClient,
    oauth_auth_url: 'https://auth.example.com/authorize',
    oauth_token_url: 'https://auth.example.com/token',
  });
  await post(`agents/${lead}/credentials`, { credential_id: github, env_var_name: 'GH_TOKEN', priority: 3 });
  const server = await post('integrations', {
    name: 'files',
    transport: 'stdio',
    command: 'npx',
    args_json: '["-y","server-files"]',
    env_json: JSON.stringify({ API_KEY: canaries.literal, MODE: 'fast', GH: '{{credential:github}}' }),
    credential_id: github,
    locked: true,
  });
  await post('integrations', { name: 'search', endpoint: 'https://search.example.com/mcp', visibility: 'bound' });
  const override = await post(`crews/${crew}/integrations`, {
    name: 'files',
    workspace_mcp_server_id: server,
    credential_id: limited,
    env_var_name: 'FILES_TOKEN',
  });
  const own = await post(`crews/${crew}/integrations`, {
    name: 'wiki',
    endpoint: 'https://wiki.example.com/mcp',
    config_json: JSON.stringify({ headers: { Authorization: `Bearer ${canaries.header}` } }),
  });
  const bind = (json: object) => post(`agents/${lead}/integrations`, json);
  await bind({ mcp_server_id: server, mcp_server_scope: 'workspace', credential_id: github, env_var_name: 'X_TOKEN' });
  await bind({
    mcp_server_id: own,
    mcp_server_scope: 'crew',
    config_override_json: JSON.stringify({ token: canaries.override }),
  });
  const now = test.clock.now();
  const times = { createdAt: now, updatedAt: now };
  await prisma.client.crewIntegration.update({ where: { id: override }, data: { enabled: false } });
  await prisma.client.toolBinding.createMany({
    data: [
      { id: `t1${workspaceId}`, workspaceId, workspaceIntegrationId: server, toolName: 'read', ...times },
      {
        id: `t2${workspaceId}`,
        workspaceId,
        crewIntegrationId: own,
        toolName: 'write',
        enabled: false,
        title: 'Write',
        ...times,
      },
    ],
  });
  await prisma.client.workspaceRuntime.create({
    data: {
      workspaceId,
      role: 'Finds things out',
      tier: 3,
      model: 'opus',
      maxConcurrentTasks: 4,
      config: { agent_card: { name: 'R' }, routing: { a: ['b'] } },
      ...times,
    },
  });
  await addRuntimeParts(test, owner, lead);
  await addFiles(test, workspaceId);
  await addChildren(test, workspaceId);
  return owner;
}

async function addRuntimeParts(test: TestApp, { workspaceId, token }: SeededMember, agentId: string): Promise<void> {
  const send = async (method: string, path: string, json: object): Promise<void> => {
    const response = await test.call(`/api/v1/workspaces/${workspaceId}/${path}`, { method, token, json });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  };
  await send('POST', 'schedules', {
    name: 'nightly',
    cron_expr: '0 3 * * *',
    timezone: 'Europe/Berlin',
    prompt: 'Sweep.',
  });
  await send('POST', 'schedules', {
    name: 'hourly',
    cron_expr: '0 * * * *',
    prompt: 'Look.',
    enabled: false,
    agent_id: agentId,
  });
  await send('POST', 'channels', {
    channel_type: 'slack',
    config: { webhook_url: `https://hooks.slack.com/services/T0/B0/${canaries.channel}` },
    allowed_users: ['U1'],
    agent_id: agentId,
  });
  await send('POST', 'memories', { content: 'The sky is blue.', scope: 'TEAM' });
  // The clock of tests stands still, and memories are told apart by their age.
  test.clock.advanceMs(1);
  await send('POST', 'memories', { content: 'Grass is green.', namespace: 'garden' });
  await send('PUT', 'delivery-endpoint', { url: 'https://agents.example.com/in', event_types: ['APPROVAL_DECIDED'] });
}

async function addFiles({ prisma, clock }: TestApp, workspaceId: string): Promise<void> {
  const now = clock.now();
  const files = {
    'config.yaml': 'runtime: langgraph\n',
    'system-prompt.md': 'You find things out.',
    'skills/search/SKILL.md': '---\nname: Search\ndescription: Finds\n---\nHow.',
    'skills/search/lib/find.py': 'print(1)\n',
    'notes/deep/a.txt': 'a',
  };
  await prisma.client.workspaceFile.createMany({
    data: Object.entries(files).map(([path, content], index) => ({
      id: `f${index}${workspaceId}`,
      workspaceId,
      path,
      content,
      createdAt: now,
      updatedAt: now,
    })),
  });
}

async function addChildren({ prisma, clock, seed }: TestApp, parentId: string): Promise<void> {
  const now = clock.now();
  for (const name of ['Writers', 'Editors']) {
    const { workspaceId } = await seed.workspace({ name });
    await seed.agent(workspaceId, { slug: 'one', name: 'One' });
    await prisma.client.workspaceRuntime.create({
      data: { workspaceId, parentId, role: name, createdAt: now, updatedAt: now },
    });
  }
}
