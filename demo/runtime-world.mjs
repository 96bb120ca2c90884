import { connectTo } from './api.mjs';
import { done, step } from './narrate.mjs';

/** A workspace below another one, with an agent that runs elsewhere, and a channel at Telegram. */
export async function settleShop({ base, agent, telegram, observer, signal }) {
  step('Bootstrapping the first user; a workspace “Shop” below “Headquarters”, with a lead agent …');
  const first = await connectTo({ baseUrl: base, signal }).post('/api/v1/bootstrap', {
    body: { full_name: 'Ada Lovelace', email: 'ada@example.com', password: 'correct horse battery' },
  });
  const { shopId, headquartersId } = await makeWorkspaces(connectTo({ baseUrl: base, signal, token: first.cli_token }));
  const api = connectTo({ baseUrl: base, signal, token: first.cli_token, workspaceId: shopId });
  const crew = await api.post('/api/v1/crews', { body: { name: 'Operations', slug: 'operations' } });
  const lead = await api.post('/api/v1/agents', {
    body: {
      name: 'On call',
      slug: 'on-call',
      crew_id: crew.id,
      agent_role: 'LEAD',
      system_prompt: 'You look after the shop.',
    },
  });
  const secrets = {
    bot: telegram.telegramToken,
    webhook: 'demo-webhook-secret',
    credential: 'demo-value-that-no-bundle-ever-holds',
  };
  const known = { id: shopId, headquartersId, leadId: lead.id, agentUrl: agent.url };
  const shop = { ...known, api, base, token: first.cli_token, secrets };
  await equip(shop);
  done('with an MCP server, a credential, a binding and a memory');
  shop.channel = await openChannel(shop);
  await employ(shop, observer);
  return shop;
}

async function makeWorkspaces(api) {
  const [{ id: headquartersId }, { id: shopId }] = [
    await api.post('/api/v1/workspaces', { body: { name: 'Headquarters', slug: 'headquarters' } }),
    await api.post('/api/v1/workspaces', { body: { name: 'Shop', slug: 'shop' } }),
  ];
  await api.patch('/api/v1/workspaces/{workspaceId}/runtime', {
    params: { path: { workspaceId: shopId } },
    body: { parent_id: headquartersId, role: 'Runs the web shop', tier: 2, max_concurrent_tasks: 4 },
  });
  return { shopId, headquartersId };
}

async function equip({ api, id, leadId, secrets }) {
  const server = await api.post('/api/v1/integrations', {
    body: { name: 'orders', display_name: 'Orders', endpoint: 'http://127.0.0.1:9/mcp' },
  });
  await api.post('/api/v1/workspaces/{workspaceId}/memories', {
    params: { path: { workspaceId: id } },
    body: { content: 'Releases are cut on Thursdays.' },
  });
  const credential = await api.post('/api/v1/credentials', {
    body: { name: 'orders-token', value: secrets.credential },
  });
  await api.post('/api/v1/agents/{agentId}/integrations', {
    params: { path: { agentId: leadId } },
    body: {
      mcp_server_id: server.id,
      mcp_server_scope: 'workspace',
      credential_id: credential.id,
      cred_type: 'api_key',
      cred_header: 'X-Orders-Key',
    },
  });
}

async function openChannel({ api, id, secrets }) {
  step('Opening a Telegram channel; Telegram is told where to send messages, and the secret to send with them …');
  const params = { path: { workspaceId: id } };
  const made = await api.post('/api/v1/workspaces/{workspaceId}/channels', {
    params,
    body: {
      channel_type: 'telegram',
      config: { bot_token: secrets.bot, chat_id: '7', webhook_secret: secrets.webhook },
      allowed_users: ['42'],
    },
  });
  const { webhook_url } = await api.post('/api/v1/workspaces/{workspaceId}/channels/{channelId}/webhook', {
    params: { path: { workspaceId: id, channelId: made.id } },
  });
  done(webhook_url);
  return { id: made.id, webhookUrl: webhook_url };
}

async function employ({ api, base, id, channel, agentUrl }, observer) {
  step('Giving the agent a token of the workspace, and the product the agent’s address …');
  const scopes = ['approvals:read', 'approvals:write', 'channels:write'];
  const params = { path: { workspaceId: id } };
  const { auth_token } = await api.post('/api/v1/workspaces/{workspaceId}/tokens', {
    params,
    body: { name: 'On call', scopes },
  });
  const { secret } = await api.put('/api/v1/workspaces/{workspaceId}/delivery-endpoint', {
    params,
    body: { url: agentUrl, protocol: 'a2a' },
  });
  await observer.post('/employ', {
    baseUrl: base,
    token: auth_token,
    workspaceId: id,
    channelId: channel.id,
    signingSecret: secret,
  });
  done(`it may: ${scopes.join(', ')}; it takes only what is signed with its secret`);
}
