import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { connectTo } from './api.mjs';
import { done, step } from './narrate.mjs';
import { showCredentials, showNotOffered, showPreview, showProvenance, showServers, showTest } from './show.mjs';

const withheldTool = 'get-env';

/** Sets the scene through the API, then asks what an agent has and why. */
export async function tellStory(stage) {
  step('Starting the product on an empty database and the MCP reference server on loopback (about 5 s) …');
  const [base, endpoint] = await Promise.all([stage.startProduct(), stage.startMcpServer()]);
  stage.signal.throwIfAborted();
  done(`product ${base}, MCP server ${endpoint}`);

  const { api, rows } = await settle(base, stage.signal);
  const servers = await registerServers(api, rows, endpoint);
  const agents = await bindAgents(api, rows, servers);
  await withholdTool(api, servers, endpoint);

  step('Testing the connection as the crew has it: a real MCP handshake, with the agent’s credential …');
  const path = { crewId: servers.crewId, integrationId: servers.override };
  showTest(await api.post('/api/v1/crews/{crewId}/integrations/{integrationId}/test', { params: { path } }));

  const explanation = await explain(api, agents.bot);
  showServers('What “Release bot” has', explanation);
  showProvenance(
    explanation.servers.find(({ name }) => name === 'everything'),
    rows,
  );
  showNotOffered('What “Release bot” does not have, and why', explanation, rows);
  showCredentials(explanation, rows);
  showNotOffered(
    'The same for its colleague “Night watch”, who is bound to nothing',
    await explain(api, agents.watch),
    rows,
  );
  const preview = await api.post('/api/v1/agents/{agentId}/integrations/resolved/preview', {
    params: { path: { agentId: agents.bot } },
    body: {
      changes: [{ target: 'workspace_integration', op: 'upsert', id: servers.billing, fields: { enabled: true } }],
    },
  });
  showPreview('And if the administrator switched “billing” on? (a preview: nothing is saved)', explanation, preview);
}

async function settle(baseUrl, signal) {
  step('Bootstrapping the first user; a workspace, a crew and two agents …');
  const first = await connectTo({ baseUrl, signal }).post('/api/v1/bootstrap', {
    body: { full_name: 'Ada Lovelace', email: 'ada@example.com', password: 'correct horse battery' },
  });
  const workspace = await connectTo({ baseUrl, signal, token: first.cli_token }).post('/api/v1/workspaces', {
    body: { name: 'Analytical Engines', slug: 'analytical-engines' },
  });
  const api = connectTo({ baseUrl, signal, token: first.cli_token, workspaceId: workspace.id });
  const crew = await api.post('/api/v1/crews', { body: { name: 'Platform', slug: 'platform' } });
  done(`workspace “${workspace.name}”, crew “${crew.name}”`);
  return { api, rows: new Rows({ crew: crew.id }) };
}

async function registerServers(api, rows, endpoint) {
  step('Registering MCP servers for the workspace, and overriding one in the crew …');
  const register = async (body) => {
    const row = await api.post('/api/v1/integrations', { body });
    rows.name(row.id, `workspace “${row.name}”`);
    return row.id;
  };
  const config_json = JSON.stringify({ headers: { 'X-Team': 'workspace', 'X-Region': 'eu' }, timeout_seconds: 30 });
  const everything = await register({ name: 'everything', display_name: 'Everything server', endpoint, config_json });
  await register({
    name: 'github',
    transport: 'stdio',
    command: 'npx',
    args_json: '["-y", "@modelcontextprotocol/server-github"]',
    env_json: '{"GITHUB_TOKEN": "{{credential:github-token}}"}',
  });
  const notes = await register({ name: 'notes', transport: 'stdio', command: 'notes-mcp' });
  const billing = await register({ name: 'billing', endpoint, locked: true });
  await api.patch('/api/v1/integrations/{integrationId}', {
    params: { path: { integrationId: billing } },
    body: { enabled: false },
  });
  const crewId = rows.ids.crew;
  const override = await api.post('/api/v1/crews/{crewId}/integrations', {
    params: { path: { crewId } },
    body: {
      workspace_mcp_server_id: everything,
      name: 'everything',
      display_name: 'Everything, for Platform',
      config_json: '{"headers": {"X-Team": "platform"}}',
    },
  });
  rows.name(override.id, 'crew “everything”');
  done('everything (overridden by the crew), github, notes, billing (switched off and locked)');
  return { everything, notes, billing, crewId, override: override.id };
}

async function bindAgents(api, rows, servers) {
  step('Storing a credential, binding it to an agent, and opting that agent out of “notes” …');
  const hire = (name, slug) => api.post('/api/v1/agents', { body: { name, slug, crew_id: servers.crewId } });
  const bot = await hire('Release bot', 'release-bot');
  const watch = await hire('Night watch', 'night-watch');
  const credential = await api.post('/api/v1/credentials', {
    body: { name: 'everything-token', value: 'demo-value-that-no-answer-ever-shows' },
  });
  const bind = async (label, body) => {
    const row = await api.post('/api/v1/agents/{agentId}/integrations', {
      params: { path: { agentId: bot.id } },
      body,
    });
    rows.name(row.id, label);
  };
  await bind('binding on “everything”', {
    mcp_server_id: servers.override,
    mcp_server_scope: 'crew',
    credential_id: credential.id,
    cred_type: 'api_key',
    cred_header: 'X-Everything-Key',
  });
  await bind('binding on “notes”', { mcp_server_id: servers.notes, mcp_server_scope: 'workspace', enabled: false });
  done('agents “Release bot” (bound) and “Night watch” (not bound)');
  return { bot: bot.id, watch: watch.id };
}

async function withholdTool(api, servers, endpoint) {
  step(`Asking the server for its tools, recording them, and switching “${withheldTool}” off for the crew …`);
  const client = new Client({ name: 'crewship-demo', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(endpoint)));
  const { tools } = await client.listTools();
  await client.close();
  const path = { crewId: servers.crewId, integrationId: servers.override };
  const recorded = await api.post('/api/v1/crews/{crewId}/integrations/{integrationId}/tools/refresh', {
    params: { path },
    body: { tools: tools.map(({ name, description }) => ({ name, description })) },
  });
  await api.patch('/api/v1/crews/{crewId}/integrations/{integrationId}/tools/{toolName}', {
    params: { path: { ...path, toolName: withheldTool } },
    body: { enabled: false },
  });
  done(`${recorded.created} tools recorded, 1 switched off`);
}

function explain(api, agentId) {
  return api.get('/api/v1/agents/{agentId}/integrations/resolved', {
    params: { path: { agentId }, query: { explain: true } },
  });
}

/** Names for ids, so that the tables can say “crew” where the API says `cmhq3…`. */
class Rows {
  #names = new Map();

  constructor(ids) {
    this.ids = ids;
  }

  name(id, label) {
    this.#names.set(id, label);
  }

  of(id) {
    return id === null ? null : (this.#names.get(id) ?? id);
  }
}
