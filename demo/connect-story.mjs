import { openChromium } from '../test/browser/chromium.fixture.ts';
import { connectTo } from './api.mjs';
import { done, step, title } from './narrate.mjs';
import { showServers, showTest } from './show.mjs';
import { facts, table } from './table.mjs';

const patienceMs = 60_000;

/** From nothing but a URL to tools that an agent may call, as an integrator's page would do it. */
export async function tellConnectStory(stage) {
  step('Starting the product on an empty database, an authorization server, and an MCP server that it protects …');
  const [base, { issuer, mcpUrl }] = await Promise.all([stage.startProduct(), stage.startProtectedMcpServer()]);
  stage.signal.throwIfAborted();
  done(`product ${base}, authorization server ${issuer}`);

  const { api, token, workspaceId, agentId } = await settle(base, stage.signal);
  await refusedWithoutToken(mcpUrl);

  const browser = await stage.startBrowser(openChromium);
  const connected = await connect(await browser.newPage(), { base, mcpUrl, token, workspaceId });
  await showOutcome(api, { connected, agentId });
  await showCounterparts({ issuer, mcpUrl });
}

async function settle(baseUrl, signal) {
  step('Bootstrapping the first user; a crew with an agent …');
  const first = await connectTo({ baseUrl, signal }).post('/api/v1/bootstrap', {
    body: { full_name: 'Ada Lovelace', email: 'ada@example.com', password: 'correct horse battery' },
  });
  const caller = { token: first.cli_token, workspaceId: first.workspace_id };
  const api = connectTo({ baseUrl, signal, ...caller });
  const crew = await api.post('/api/v1/crews', { body: { name: 'Platform', slug: 'platform' } });
  const agent = await api.post('/api/v1/agents', {
    body: { name: 'Release bot', slug: 'release-bot', crew_id: crew.id },
  });
  done('agent “Release bot”, which has no server yet');
  return { api, agentId: agent.id, ...caller };
}

async function refusedWithoutToken(mcpUrl) {
  step(`What is known is this URL: ${mcpUrl}`);
  const { status } = await fetch(mcpUrl, { method: 'POST', body: '{}' });
  done(`without a token it answers ${status}`);
}

async function connect(page, { base, mcpUrl, token, workspaceId }) {
  step('A page asks to connect it, opens the popup, and Chromium clicks “Approve” …');
  // Any page of the product's origin does; an integrator's own would be listed in CREWSHIP_ALLOWED_ORIGINS.
  page.context().setDefaultTimeout(patienceMs);
  await page.goto(`${base}/api/docs`);
  const [popup, started] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(openPopup, { mcpUrl, token, workspaceId }),
  ]);
  await Promise.all([popup.waitForEvent('close'), popup.click('#approve')]);
  const message = await page.evaluate(() => globalThis.connected);
  done('the popup said so to the page and closed itself');
  console.log(facts({ 'sent to': new URL(started.auth_url).origin, 'told to the page': JSON.stringify(message) }));
  return started;
}

// Runs inside the page.
async function openPopup({ mcpUrl, token, workspaceId }) {
  const headers = {
    authorization: `Bearer ${token}`,
    'x-workspace-id': workspaceId,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ mcp_url: mcpUrl, server_name: 'protected-tools' });
  const answer = await fetch('/api/v1/oauth/auto-connect', { method: 'POST', headers, body });
  const started = await answer.json();
  if (started.status !== 'authorize') throw new Error(JSON.stringify(started));
  globalThis.connected = new Promise((resolve) => {
    window.addEventListener('message', ({ data }) => resolve(data), { once: true });
  });
  window.open(started.auth_url, 'connect', 'popup,width=480,height=640');
  return started;
}

async function showOutcome(api, { connected, agentId }) {
  const path = { credentialId: connected.credential_id };
  const credential = await api.get('/api/v1/credentials/{credentialId}', { params: { path } });
  title('The credential that it ended in (its tokens are answered by no operation)');
  const { name, status, state, token_expires_at, next_refresh_at } = credential;
  console.log(facts({ name, status, state, 'expires at': token_expires_at, 'renewed at': next_refresh_at }));

  const [integration] = await api.get('/api/v1/integrations');
  step('Testing the connection: a real MCP handshake with the token …');
  const params = { params: { path: { integrationId: integration.id } } };
  const test = await api.post('/api/v1/integrations/{integrationId}/test', params);
  showTest(test);
  title('Its tools');
  console.log(
    table(
      ['TOOL', 'WHAT IT DOES'],
      test.tools.map((tool) => [tool.name, tool.description]),
    ),
  );
  const explained = await api.get('/api/v1/agents/{agentId}/integrations/resolved', {
    params: { path: { agentId }, query: { explain: true } },
  });
  showServers('What “Release bot” has now, without a binding of its own', explained);
}

async function showCounterparts({ issuer, mcpUrl }) {
  const stats = await (await fetch(`${issuer}/_test/stats`)).json();
  title('What the authorization server was asked');
  const rows = stats.requests.map((each) => [each.grantType, each.resource, each.hasVerifier ? 'yes' : 'no']);
  console.log(table(['GRANT', 'FOR RESOURCE (RFC 8707)', 'PKCE'], rows));
  const calls = await (await fetch(new URL('/_test/calls', mcpUrl))).json();
  title('What the MCP server was asked, and by whose token');
  console.log(
    table(
      ['METHOD', 'TOKEN OF'],
      calls.map((each) => [each.method, each.subject]),
    ),
  );
}
