import type {
  AuthConfigCreateResponse,
  ConnectedAccountDeleteResponse,
  ConnectedAccountRefreshResponse,
  LinkCreateResponse,
  McpCreateResponse,
  McpDeleteResponse,
  McpListResponse,
  McpUpdateResponse,
  TriggerInstanceUpsertResponse,
} from '@composio/client/resources';
import type { ManageDeleteResponse, ManageUpdateResponse } from '@composio/client/resources/trigger-instances';
import { accountOf, authConfigOf, serverOf, triggerOf } from './composio-project.js';
import { foundOf, pageOf, type StubOperation, StubRefusal, type StubRequest, textOf, textsOf } from './stub-request.js';

/** Where an operation is, and what it does. `:id` is one segment. */
export interface StubRoute {
  operation: StubOperation;
  method: string;
  path: string;
  status: number;
  answer: (request: StubRequest) => object;
}

const mostSmall = 50;
const most = 1_000;

/** Every operation. Paths stand behind `/api/v3` and `/api/v3.1` alike. */
export const stubRoutes: readonly StubRoute[] = [
  route('toolkits.list', 'GET', '/toolkits', 200, (request) => {
    const { query, project } = request;
    const search = query.get('search');
    if (search !== null && search.length < 3) throw new StubRefusal(400, 'search must have at least 3 characters');
    const category = query.get('category');
    const found = project.toolkits
      .filter((each) => holds(search, each.slug, each.name, each.meta.description))
      .filter((each) => category === null || each.meta.categories.some(({ id }) => id === category));
    return pageOf(request, found, most);
  }),
  route('tools.list', 'GET', '/tools', 200, (request) => {
    const { query, project } = request;
    if (query.has('search')) throw new StubRefusal(400, 'search is deprecated: use query');
    const found = project.tools
      .filter(({ toolkit }) => toolkit.slug === (query.get('toolkit_slug') ?? toolkit.slug))
      .filter((each) => holds(query.get('query'), each.slug, each.name, each.description));
    return pageOf(request, found, most);
  }),
  route('triggersTypes.list', 'GET', '/triggers_types', 200, (request) => {
    const { query, project } = request;
    if (query.has('search')) throw new StubRefusal(400, 'search is not known here');
    const slugs = query.get('toolkit_slugs')?.split(',');
    return pageOf(
      request,
      project.triggerTypes.filter(({ toolkit }) => slugs?.includes(toolkit.slug) ?? true),
      mostSmall,
    );
  }),
  route('triggerInstances.listActive', 'GET', '/trigger_instances/active', 200, (request) => {
    const all = request.query.get('show_disabled') === 'true';
    return pageOf(
      request,
      request.project.triggers.filter((each) => all || each.disabled_at === null),
      mostSmall,
    );
  }),
  route('triggerInstances.upsert', 'POST', '/trigger_instances/:id/upsert', 200, upsertTrigger),
  route('triggerInstances.update', 'PATCH', '/trigger_instances/manage/:id', 200, (request) => {
    const trigger = foundOf(request.project.triggers, request.pathId, 'Trigger');
    const status = textOf(request, 'status');
    if (status !== 'enable' && status !== 'disable') throw new StubRefusal(400, 'status must be enable or disable');
    trigger.disabled_at = status === 'disable' ? '2026-01-06T10:00:00.000Z' : null;
    return { status: 'success' } satisfies ManageUpdateResponse;
  }),
  route('triggerInstances.delete', 'DELETE', '/trigger_instances/manage/:id', 200, ({ project, pathId }) => {
    foundOf(project.triggers, pathId, 'Trigger');
    project.triggers = project.triggers.filter(({ id }) => id !== pathId);
    return { trigger_id: pathId } satisfies ManageDeleteResponse;
  }),
  route('authConfigs.list', 'GET', '/auth_configs', 200, (request) =>
    pageOf(
      request,
      request.project.authConfigs.filter(
        ({ status }) => status !== 'DISABLED' || request.query.get('show_disabled') === 'true',
      ),
      mostSmall,
    ),
  ),
  route('authConfigs.create', 'POST', '/auth_configs', 201, createAuthConfig),
  route('connectedAccounts.list', 'GET', '/connected_accounts', 200, (request) =>
    pageOf(request, request.project.accounts, most),
  ),
  route('link.create', 'POST', '/connected_accounts/link', 201, createLink),
  route('connectedAccounts.revoke', 'POST', '/connected_accounts/:id/revoke', 200, ({ project, pathId }) => {
    const account = foundOf(project.accounts, pathId, 'Connected account');
    if (account.status !== 'ACTIVE' && account.status !== 'REVOKED') {
      throw new StubRefusal(409, `Connected account is ${account.status}`);
    }
    account.status = 'REVOKED';
    return { revoked_tokens: ['access_token'], connected_account: { id: pathId, status: account.status } };
  }),
  route('connectedAccounts.refresh', 'POST', '/connected_accounts/:id/refresh', 200, ({ project, pathId }) => {
    const account = foundOf(project.accounts, pathId, 'Connected account');
    const restarts = project.restartsConsent.has(pathId);
    account.status = restarts ? 'INITIATED' : 'ACTIVE';
    const redirect_url = restarts ? `https://connect.composio.dev/link/again-${pathId}` : null;
    return { id: pathId, status: account.status, redirect_url } satisfies ConnectedAccountRefreshResponse;
  }),
  route('connectedAccounts.delete', 'DELETE', '/connected_accounts/:id', 200, ({ project, pathId }) => {
    foundOf(project.accounts, pathId, 'Connected account');
    project.accounts = project.accounts.filter(({ id }) => id !== pathId);
    return { success: true } satisfies ConnectedAccountDeleteResponse;
  }),
  route('mcp.list', 'GET', '/mcp/servers', 200, listServers),
  route('mcp.create', 'POST', '/mcp/servers', 201, createServer),
  route('mcp.update', 'PATCH', '/mcp/:id', 200, updateServer),
  route('mcp.delete', 'DELETE', '/mcp/:id', 200, ({ project, pathId }) => {
    foundOf(project.servers, pathId, 'MCP server');
    project.servers = project.servers.filter(({ id }) => id !== pathId);
    return { id: pathId, deleted: true } satisfies McpDeleteResponse;
  }),
];

/** The same of a Composio that knows only the calls, and answers only the fields, that other clients rely on. */
export const terseRoutes: readonly StubRoute[] = [
  ...stubRoutes.filter(({ operation }) => !['mcp.list', 'mcp.update', 'mcp.delete'].includes(operation)),
  route('mcp.list', 'GET', '/mcp/servers', 200, (request) => ({
    items: listServers(request).items.map(({ id, name, mcp_url }) => ({ id, name, mcp_url })),
  })),
  route('mcp.update', 'PATCH', '/mcp/servers/:id', 200, updateServer),
];

function upsertTrigger(request: StubRequest): TriggerInstanceUpsertResponse {
  const { project, pathId: slug, body, serial } = request;
  const userId = textOf(request, 'user_id');
  if (!project.triggerTypes.some((each) => each.slug === slug))
    throw new StubRefusal(404, `Trigger type ${slug} not found`);
  const known = project.triggers.find((each) => each.trigger_name === slug && each.user_id === userId);
  const config = (body.trigger_config ?? {}) as Record<string, unknown>;
  const trigger = known ?? triggerOf(`ti_new_${serial}`, slug, userId, config);
  Object.assign(trigger, { trigger_config: config, disabled_at: null });
  if (known === undefined) project.triggers.push(trigger);
  return { trigger_id: trigger.id };
}

function createAuthConfig({ project, body, serial }: StubRequest): AuthConfigCreateResponse {
  const slug = (body.toolkit as { slug?: string } | undefined)?.slug ?? '';
  const wish = body.auth_config as { type?: string; name?: string } | undefined;
  if (wish?.type !== 'use_composio_managed_auth') throw new StubRefusal(400, 'auth_config.type is not supported');
  if (!project.toolkits.some((each) => each.slug === slug)) throw new StubRefusal(404, `Toolkit ${slug} not found`);
  const made = authConfigOf(`ac_new_${serial}`, slug, { name: wish.name ?? slug });
  project.authConfigs.push(made);
  return { toolkit: { slug }, auth_config: { id: made.id, auth_scheme: 'OAUTH2', is_composio_managed: true } };
}

function createLink(request: StubRequest): LinkCreateResponse {
  const { project, serial } = request;
  const config = foundOf(project.authConfigs, textOf(request, 'auth_config_id'), 'Auth config');
  if (config.status === 'DISABLED') throw new StubRefusal(400, 'Auth config is disabled');
  const account = accountOf(`ca_new_${serial}`, textOf(request, 'user_id'), config.toolkit.slug, 'INITIATED');
  project.accounts.push(account);
  return {
    link_token: `lk_${serial}`,
    redirect_url: `https://connect.composio.dev/link/lk_${serial}`,
    expires_at: '2026-01-05T10:10:00.000Z',
    connected_account_id: account.id,
  };
}

function listServers({ project, query, pageSize }: StubRequest): McpListResponse {
  const name = query.get('name')?.toLowerCase() ?? '';
  const found = project.servers.filter((server) => server.name.toLowerCase().includes(name));
  const limit = Math.min(Number(query.get('limit') ?? 10), pageSize);
  const page = Number(query.get('page_no') ?? 1);
  const total_pages = Math.max(1, Math.ceil(found.length / limit));
  return { items: found.slice((page - 1) * limit, page * limit), total_pages, current_page: page };
}

function createServer(request: StubRequest): McpCreateResponse {
  const name = textOf(request, 'name');
  if (!/^[A-Za-z0-9 -]{4,30}$/.test(name))
    throw new StubRefusal(400, 'name must be 4-30 letters, digits, spaces, hyphens');
  checkScope(request);
  const { project, serial } = request;
  const made = serverOf(`srv_${serial}`, name, textsOf(request, 'auth_config_ids'), textsOf(request, 'allowed_tools'));
  project.servers.push(made);
  return made;
}

function updateServer(request: StubRequest): McpUpdateResponse {
  const server = foundOf(request.project.servers, request.pathId, 'MCP server');
  checkScope(request);
  server.auth_config_ids = textsOf(request, 'auth_config_ids');
  server.allowed_tools = textsOf(request, 'allowed_tools');
  return { ...server, deleted: false };
}

function checkScope(request: StubRequest): void {
  const { project } = request;
  for (const id of textsOf(request, 'auth_config_ids')) foundOf(project.authConfigs, id, 'Auth config');
  const unknown = textsOf(request, 'allowed_tools').filter((slug) => !project.tools.some((tool) => tool.slug === slug));
  if (unknown.length === 0) return;
  throw new StubRefusal(400, `Invalid tools provided: ${unknown.join(', ')}`, {
    slug: 'MCP_InvalidToolsProvided',
    code: 1154,
  });
}

function holds(search: string | null, ...texts: string[]): boolean {
  return search === null || texts.join(' ').toLowerCase().includes(search.toLowerCase());
}

function route(
  operation: StubOperation,
  method: string,
  path: string,
  status: number,
  answer: StubRoute['answer'],
): StubRoute {
  return { operation, method, path, status, answer };
}
