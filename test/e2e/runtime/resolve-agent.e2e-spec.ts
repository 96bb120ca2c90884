import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApp } from '#testing';
import {
  askToResolve,
  type RuntimeServer,
  type RuntimeWorld,
  resolved,
  runtimeWorld,
  startRuntimeApp,
} from './runtime-world.fixture.js';

describe('what a run of an agent is given', () => {
  let test: TestApp;
  let world: RuntimeWorld;

  beforeAll(async () => {
    test = await startRuntimeApp();
    world = await runtimeWorld(test);
  });
  afterAll(() => test.close());

  const serverOf = async (name: string, agentId = world.agentId): Promise<RuntimeServer> => {
    const found = (await resolved(test, agentId)).mcp_servers.find((server) => server.name === name);
    if (!found) throw new Error(`the agent has no server ${name}`);
    return found;
  };

  it('are its settings and those of its crew, and nothing of a crew where it has none', async () => {
    const { workspaceId } = await runtimeWorld(test);
    await test.prisma.client.workspace.update({ where: { id: workspaceId }, data: { preferredLanguage: 'cs' } });
    const crewId = await test.seed.crew(workspaceId, {
      slug: 'ops',
      allowedDomains: ['example.com'],
      containerTtlHours: 4,
    });
    const values = { llmModel: 'opus', llmProvider: 'ANTHROPIC', systemPrompt: 'Be brief.', memoryEnabled: true };
    const agentId = await test.seed.agent(workspaceId, { crewId, slug: 'bee', ...values });
    const mate = await test.seed.agent(workspaceId, { crewId, slug: 'ant', name: 'Ant', agentRole: 'LEAD' });
    const response = await askToResolve(test, agentId);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.json()).toEqual({
      agent_id: agentId,
      agent_slug: 'bee',
      agent_role: 'AGENT',
      agent_status: 'IDLE',
      crew_id: crewId,
      crew_slug: 'ops',
      container_id: '',
      connected_crews: [],
      network_mode_enforced: false,
      cached_image: null,
      cached_requirements: null,
      installed_skills: [],
      crew_resources: null,
      approval_mode: null,
      local_model_base_url: null,
      cli_adapter: 'CLAUDE_CODE',
      llm_model: 'opus',
      llm_provider: 'ANTHROPIC',
      system_prompt: 'Be brief.',
      tool_profile: 'CODING',
      credentials: [],
      timeout_seconds: 1800,
      workspace_id: workspaceId,
      preferred_language: 'cs',
      memory_enabled: true,
      crew_members: [{ id: mate, slug: 'ant', name: 'Ant', agent_role: 'LEAD', role_title: null, status: 'IDLE' }],
      network_mode: 'restricted',
      allowed_domains: ['example.com'],
      allow_private_endpoints: false,
      memory_mb: 4096,
      cpus: 2,
      ttl_hours: 4,
      mcp_servers: [],
      runtime_image: null,
      devcontainer_config: null,
      mise_config: null,
      services_json: null,
      crew_mcp_config_json: null,
      agent_mcp_config_json: null,
      problems: [],
    });
    const loner = await resolved(test, await test.seed.agent(workspaceId));
    expect(loner).toMatchObject({ crew_id: null, crew_slug: null, network_mode: null, cpus: null, crew_members: [] });
    await test.prisma.client.crew.update({ where: { id: crewId }, data: { deletedAt: test.clock.now() } });
    expect(await resolved(test, agentId)).toMatchObject({ crew_id: null, crew_slug: null, allowed_domains: null });
  });

  it('are HTTP servers with references and sealed literals replaced everywhere, whatever level they come from', async () => {
    await world.credential('tenant', 'acme');
    await world.credential('signing "key"', 'k"\\1');
    const server = await world.server('http', {
      endpoint: 'https://mcp.example.com/{{credential:tenant}}/mcp',
      env_json: JSON.stringify({ TENANT: '{{credential:tenant}}', API_TOKEN: 'literal-secret-1' }),
      config_json: JSON.stringify({
        headers: { 'X-Tenant': 'of {{credential:tenant}}', 'X-Api-Key': 'literal-secret-2' },
        deep: [{ key: '{{credential:signing "key"}}' }],
      }),
    });
    const crewRow = await world.make('POST', `/api/v1/crews/${world.crewId}/integrations`, {
      name: 'http',
      workspace_mcp_server_id: server,
      config_json: JSON.stringify({ headers: { 'X-Crew-Token': 'literal-secret-3' } }),
    });
    const credentialId = await world.credential('bearer', 'tok-1');
    await world.bind(crewRow, {
      mcp_server_scope: 'crew',
      credential_id: credentialId,
      config_override_json: JSON.stringify({ headers: { 'X-Agent-Token': 'literal-secret-4', authorization: 'old' } }),
    });
    const headers = {
      'X-Tenant': 'of acme',
      'X-Api-Key': 'literal-secret-2',
      'X-Crew-Token': 'literal-secret-3',
      'X-Agent-Token': 'literal-secret-4',
    };
    const found = await serverOf('http');
    expect(found).toEqual({
      id: crewRow,
      name: 'http',
      display_name: expect.any(String),
      transport: 'streamable-http',
      endpoint: 'https://mcp.example.com/acme/mcp',
      env: { TENANT: 'acme', API_TOKEN: 'literal-secret-1' },
      cred_token: 'tok-1',
      cred_type: 'bearer',
      headers: { ...headers, Authorization: 'Bearer tok-1' },
      config: { headers: { ...headers, authorization: 'old' }, deep: [{ key: 'k"\\1' }] },
      ready: true,
      problems: [],
    });
  });

  it.each([
    ['bearer', null, { Authorization: 'Bearer v' }],
    ['api_key', null, { 'X-API-Key': 'v' }],
    ['api_key', 'X-Own', { 'X-Own': 'v' }],
    ['basic', null, { Authorization: `Basic ${Buffer.from('ada:v').toString('base64')}` }],
  ])('carry a credential to HTTP servers as %s in the header %s', async (credType, credHeader, headers) => {
    const name = `as ${credType} ${credHeader}`;
    const type = credType === 'basic' ? { type: 'USERPASS', username: 'ada' } : {};
    const credentialId = await world.credential(name, 'v', type);
    await world.bind(await world.server(name), {
      credential_id: credentialId,
      cred_type: credType,
      cred_header: credHeader,
    });
    const found = await serverOf(name);
    expect(found).toMatchObject({ headers, cred_token: 'v', cred_type: credType, ready: true });
    expect(found.cred_header).toBe(credHeader ?? undefined);
    expect('env' in found || 'env_var_name' in found).toBe(false);
  });

  it.each([
    [{ env_var_name: 'OWN_TOKEN', cred_header: 'X-Other' }, 'OWN_TOKEN'],
    [{ cred_header: 'TOKEN_BY_HEADER' }, 'TOKEN_BY_HEADER'],
    [{ cred_header: 'X-Not-A-Variable' }, 'MCP_TOKEN'],
    [{}, 'MCP_TOKEN'],
  ])('carry a credential to stdio servers, bound with %j, in the variable %s', async (how, variable) => {
    const name = `stdio ${JSON.stringify(how)}`;
    const server = await world.server(name, {
      transport: 'stdio',
      endpoint: null,
      command: 'npx',
      args_json: JSON.stringify(['-y', 'pkg@1.0.0', '--tenant={{credential:tenant}}']),
      env_json: JSON.stringify({ MODE: 'fast' }),
    });
    await world.bind(server, { credential_id: await world.credential(name, 'v'), cred_type: 'api_key', ...how });
    expect(await serverOf(name)).toMatchObject({
      transport: 'stdio',
      command: 'npx',
      args: ['-y', 'pkg@1.0.0', '--tenant=acme'],
      env: { MODE: 'fast', [variable]: 'v' },
      env_var_name: variable,
      headers: {},
      ready: true,
    });
  });

  it('carry the credential of the nearest row: the crew’s for its agents, the workspace’s for all others', async () => {
    const { workspaceId, crewId, agentId, server, credential, make } = await runtimeWorld(test);
    const credential_id = await credential('for all', 'of-all');
    const id = await server('shared', { credential_id, cred_type: 'api_key', cred_header: 'X-Key' });
    const loner = await test.seed.agent(workspaceId);
    expect((await serverOf('shared', agentId)).headers).toEqual({ 'X-Key': 'of-all' });
    await make('POST', `/api/v1/crews/${crewId}/integrations`, {
      name: 'shared',
      workspace_mcp_server_id: id,
      credential_id: await credential('for the crew', 'of-crew'),
      cred_type: 'bearer',
    });
    expect((await serverOf('shared', agentId)).headers).toEqual({ Authorization: 'Bearer of-crew' });
    expect((await serverOf('shared', loner)).headers).toEqual({ 'X-Key': 'of-all' });
  });

  it('are exactly the servers that people see for the agent, by name, with their tools', async () => {
    const other = await runtimeWorld(test);
    const [zoo, bee] = [await other.server('zoo'), await other.server('bee')];
    await test.seed.integration(other.workspaceId, { enabled: false });
    const optedOut = await other.server('opted out');
    await test.seed.binding(other.workspaceId, other.agentId, { workspaceIntegrationId: optedOut }, { enabled: false });
    const at = { createdAt: test.clock.now(), updatedAt: test.clock.now() };
    for (const [toolName, enabled] of [
      ['write', false],
      ['read', true],
    ] as const)
      await test.prisma.client.toolBinding.create({
        data: {
          id: `t${toolName}`,
          workspaceId: other.workspaceId,
          workspaceIntegrationId: zoo,
          toolName,
          enabled,
          ...at,
        },
      });
    const seen = await test.as(other).GET('/api/v1/agents/{agentId}/integrations/resolved', {
      params: { path: { agentId: other.agentId }, query: { workspace_id: other.workspaceId } },
    });
    const { mcp_servers: given } = await resolved(test, other.agentId);
    expect(given.map(({ id }) => id)).toEqual([bee, zoo]);
    expect((seen.data as { server_id: string }[]).map((server) => server.server_id)).toEqual([bee, zoo]);
    expect(given.map(({ tools }) => tools)).toEqual([undefined, ['read']]);
  });

  it('are the servers of its own mcp_config_json, with references replaced and incomplete servers left out', async () => {
    const { agentId, credential, make } = await runtimeWorld(test);
    await credential('own', 'own-value');
    await make('PATCH', `/api/v1/agents/${agentId}`, {
      mcp_config_json: JSON.stringify({
        mcpServers: {
          good: { command: 'npx', env: { A: '{{credential:own}}', B: 'own-literal-secret' } },
          bad: { url: 'https://mcp.example.com', headers: { A: '{{credential:nobody}}' } },
          // Another row's sealed value is not to be had by writing its placeholder.
          sly: { command: 'npx', env: { A: '{{sealed:workspace:any:env:API_TOKEN}}' } },
        },
      }),
    });
    const { agent_mcp_config_json: text, problems } = await resolved(test, agentId);
    expect(JSON.parse(String(text))).toEqual({
      mcpServers: { good: { command: 'npx', env: { A: 'own-value', B: 'own-literal-secret' } } },
    });
    expect(problems).toEqual([
      expect.objectContaining({ code: 'value_missing', field: 'agent_mcp_config_json.mcpServers.bad.headers.A' }),
      expect.objectContaining({ code: 'value_missing', field: 'agent_mcp_config_json.mcpServers.sly.env.A' }),
    ]);
  });
});
