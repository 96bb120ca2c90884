import { connectTo } from './api.mjs';
import { done, step, title } from './narrate.mjs';
import { showCredentials, showNotOffered, showServers } from './show.mjs';
import { facts, table } from './table.mjs';

const key = 'ak_demo_0123456789abcdef';
const person = 'ada';
const app = 'gmail';

/** From a key to an agent with one app of Composio, in which it may only read. */
export async function tellComposioStory(stage) {
  step('Starting a stub of Composio, and the product on an empty database …');
  const composio = await stage.startComposio(key);
  const base = await stage.startProduct({ COMPOSIO_BASE_URL: composio.url });
  stage.signal.throwIfAborted();
  done(`product ${base}, Composio ${composio.url}`);

  const { api, agents } = await settle(base, stage.signal);
  const upstream = observe(composio.observerUrl);
  await setKey(api);
  await browse(api, upstream);
  await connect(api, upstream);
  await bind(api, upstream, agents.bot);

  const before = (await upstream.get('/calls')).length;
  const explanation = await explain(api, agents.bot);
  const names = namesIn(explanation, await api.get('/api/v1/integrations'));
  showServers('What “Release bot” has', explanation);
  showCredentials(explanation, names);
  showNotOffered('What its colleague “Night watch” does not have, and why', await explain(api, agents.watch), names);
  await showStatus(api);
  await showCalls(upstream, before);
}

async function settle(baseUrl, signal) {
  step('Bootstrapping the first user; a crew with two agents …');
  const first = await connectTo({ baseUrl, signal }).post('/api/v1/bootstrap', {
    body: { full_name: 'Ada Lovelace', email: 'ada@example.com', password: 'correct horse battery' },
  });
  const api = connectTo({ baseUrl, signal, token: first.cli_token, workspaceId: first.workspace_id });
  const crew = await api.post('/api/v1/crews', { body: { name: 'Platform', slug: 'platform' } });
  const hire = (name, slug) => api.post('/api/v1/agents', { body: { name, slug, crew_id: crew.id } });
  const agents = {
    bot: (await hire('Release bot', 'release-bot')).id,
    watch: (await hire('Night watch', 'night-watch')).id,
  };
  done('agents “Release bot” and “Night watch”, which have no server yet');
  return { api, agents };
}

async function setKey(api) {
  step('Giving the workspace a key to Composio, which is asked with it before it is stored …');
  await api.put('/api/v1/integrations/composio/settings', { body: { api_key: key, label: 'Demo project' } });
  done('accepted');
}

async function browse(api, upstream) {
  const { toolkits, total } = await api.get('/api/v1/integrations/composio/toolkits');
  title(`The catalogue: ${total} apps`);
  const rows = toolkits.map(({ slug, name, meta }) => [
    slug,
    name,
    meta.categories.map((each) => each.name).join(', '),
  ]);
  console.log(table(['APP', 'SHOWN AS', 'CATEGORIES'], rows));

  const { tools } = await api.get('/api/v1/integrations/composio/tools', { params: { query: { toolkit: app } } });
  const marked = new Set(
    (await upstream.get('/project')).tools.filter(({ tags }) => tags.includes('readOnlyHint')).map(({ slug }) => slug),
  );
  title(`The tools of “${app}”, and which of them Composio marks as reading only`);
  console.log(
    table(
      ['TOOL', 'READ-ONLY', 'SHOWN AS'],
      tools.map(({ slug, name }) => [slug, marked.has(slug) ? 'yes' : '', name]),
    ),
  );
}

async function connect(api, upstream) {
  step(`Connecting ${person}’s account of “${app}” …`);
  const connection = await api.post('/api/v1/integrations/composio/connect', {
    body: { toolkit: app, user_id: person },
  });
  console.log(facts({ 'page to open': connection.redirect_url, account: await statusOf(api) }));
  await upstream.post(`/consent/${connection.connected_account_id}`);
  done(`the person has consented (the stub plays her): ${await statusOf(api)}`);
}

async function statusOf(api) {
  const { users } = await api.get('/api/v1/integrations/composio/inventory');
  return users
    .find(({ user_id }) => user_id === person)
    .connected_accounts.map(({ toolkit, status }) => `${toolkit.slug} ${status}`)
    .join(', ');
}

async function bind(api, upstream, agentId) {
  step(`Giving “Release bot” the app “${app}”, reading only …`);
  await api.post('/api/v1/integrations/composio/agents/{agentId}/bind', {
    params: { path: { agentId } },
    body: { user_id: person, apps: [{ toolkit: app, mode: 'read' }] },
  });
  const { servers } = await upstream.get('/project');
  done('an MCP server with the marked tools, and those unmarked ones that read by their names, was made at Composio');
  for (const { name, allowed_tools } of servers) console.log(facts({ name, 'its tools': allowed_tools.join(', ') }));
}

async function showStatus(api) {
  const status = await api.get('/api/v1/integrations/composio/settings');
  const shown = JSON.stringify(status);
  if (shown.includes(key)) throw new Error('the status shows the key');
  title('The key’s status (the key itself is answered by no operation)');
  console.log(facts(status));
}

async function showCalls(upstream, before) {
  const calls = await upstream.get('/calls');
  const counts = new Map();
  for (const { operation } of calls) counts.set(operation, (counts.get(operation) ?? 0) + 1);
  title(`What Composio was asked: ${calls.length} calls, ${calls.length - before} of them for a resolution`);
  console.log(table(['OPERATION', 'CALLS'], [...counts]));
}

function explain(api, agentId) {
  return api.get('/api/v1/agents/{agentId}/integrations/resolved', {
    params: { path: { agentId }, query: { explain: true } },
  });
}

// The tables say “binding” where the API says `cmhq3…`.
function namesIn({ servers }, integrations) {
  const rows = [
    ...integrations.map(({ id, display_name }) => [id, `server “${display_name}”`]),
    ...servers.map(({ credential }) => [credential?.binding_id, 'binding of the app']),
  ];
  const names = new Map(rows);
  return { of: (id) => names.get(id) ?? id };
}

// Looks behind the stub, where the product does not.
function observe(url) {
  const call = (method) => async (path) => {
    const response = await fetch(url + path, { method });
    if (!response.ok) throw new Error(`the stub answered ${path} with ${response.status}`);
    return response.json();
  };
  return { get: call('GET'), post: call('POST') };
}
