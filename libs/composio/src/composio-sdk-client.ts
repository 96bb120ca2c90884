import type { Egress } from '#egress';
import type {
  AuthConfig,
  ComposioAccess,
  ComposioPage,
  ConnectedAccount,
  ConnectLink,
  MadeMcpServer,
  McpServer,
  McpServerScope,
  Tool,
  Toolkit,
  TriggerInstance,
  TriggerType,
} from './composio.types.js';
import { ComposioClient } from './composio-client.js';
import { ComposioConnection, holdsObject, read } from './composio-connection.js';
import { createMcpServerOf, updateMcpServerOf } from './mcp-server-writing.js';
import * as answers from './upstream-answers.schema.js';
import { collect, matching } from './whole-list.js';

/** The most that Composio gives of auth configs, trigger types and triggers at once. */
const smallPage = 50;
const accountPage = 100;
const largePage = 500;
const maxServerPages = 200;
/** Shorter searches Composio refuses. */
const shortestToolkitSearch = 3;

/** {@link ComposioClient} over the official client. */
export class ComposioSdkClient extends ComposioClient {
  readonly #baseUrl: string;
  readonly #connection: ComposioConnection;

  /** `deadlineMs` is the time for one call with its retries, 20 s unless told. */
  constructor(egress: Egress, { baseUrl, deadlineMs = 20_000 }: { baseUrl: string; deadlineMs?: number }) {
    super();
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#connection = new ComposioConnection(egress, { baseUrl: this.#baseUrl, deadlineMs });
  }

  async validateKey(access: ComposioAccess): Promise<void> {
    await this.#connection.get(access, 'validate api key', answers.toolkitPage, (sdk, options) =>
      sdk.toolkits.list({ limit: 1 }, options),
    );
  }

  async listToolkits(
    access: ComposioAccess,
    { search = '', category, limit }: { search?: string; category?: string; limit: number },
  ): Promise<ComposioPage<Toolkit>> {
    const searchOurselves = search.trim() !== '' && search.trim().length < shortestToolkitSearch;
    const query = { ...(search !== '' && !searchOurselves && { search }), ...(category && { category }) };
    const list = (upTo?: number) =>
      collect({ operation: 'list toolkits', keyOf: slugOf, upTo }, (cursor) =>
        this.#connection.get(access, 'list toolkits', answers.toolkitPage, (sdk, options) =>
          sdk.toolkits.list({ ...query, limit: upTo ?? largePage, ...(cursor && { cursor }) }, options),
        ),
      );
    return searchOurselves ? firstOf(matching((await list()).items, search), limit) : list(limit);
  }

  async listTools(
    access: ComposioAccess,
    { toolkit, search, limit }: { toolkit: string; search?: string; limit: number },
  ): Promise<ComposioPage<Tool>> {
    const query = { toolkit_slug: toolkit, limit, ...(search && { query: search }) };
    return collect({ operation: 'list tools', keyOf: slugOf, upTo: limit }, (cursor) =>
      this.#connection.get(access, 'list tools', answers.toolPage, (sdk, options) =>
        sdk.tools.list({ ...query, ...(cursor && { cursor }) }, options),
      ),
    );
  }

  async listAllTools(access: ComposioAccess, toolkit: string): Promise<Tool[]> {
    const { items } = await collect({ operation: 'list all tools', keyOf: slugOf }, (cursor) =>
      this.#connection.get(access, 'list all tools', answers.toolPage, (sdk, options) =>
        sdk.tools.list({ toolkit_slug: toolkit, limit: largePage, ...(cursor && { cursor }) }, options),
      ),
    );
    return items;
  }

  async listTriggerTypes(
    access: ComposioAccess,
    { toolkit, search = '', limit }: { toolkit?: string; search?: string; limit: number },
  ): Promise<ComposioPage<TriggerType>> {
    const operation = 'list trigger types';
    // Composio cannot search these, so a search reads them all.
    const upTo = search.trim() === '' ? limit : undefined;
    const query = { limit: Math.min(upTo ?? smallPage, smallPage), ...(toolkit && { toolkit_slugs: [toolkit] }) };
    const list = await collect({ operation, keyOf: slugOf, upTo }, (cursor) =>
      this.#connection.get(access, operation, answers.triggerTypePage, (sdk, options) =>
        sdk.triggersTypes.list({ ...query, ...(cursor && { cursor }) }, options),
      ),
    );
    return upTo === undefined ? firstOf(matching(list.items, search), limit) : list;
  }

  async listActiveTriggers(access: ComposioAccess): Promise<TriggerInstance[]> {
    const operation = 'list active triggers';
    const { items } = await collect({ operation, keyOf: idOf }, (cursor) =>
      this.#connection.get(access, operation, answers.triggerInstancePage, (sdk, options) =>
        sdk.triggerInstances.listActive({ limit: smallPage, ...(cursor && { cursor }) }, options),
      ),
    );
    return items;
  }

  upsertTrigger(
    access: ComposioAccess,
    { slug, userId, config }: { slug: string; userId: string; config: Record<string, unknown> | null },
  ): Promise<{ triggerId: string }> {
    const body = { user_id: userId, ...(config !== null && { trigger_config: config }) };
    return this.#connection.ask(access, 'create trigger instance', answers.upsertedTrigger, (sdk, options) =>
      sdk.triggerInstances.upsert(slug, body, options),
    );
  }

  setTriggerEnabled(access: ComposioAccess, triggerId: string, enabled: boolean): Promise<void> {
    const operation = enabled ? 'enable trigger instance' : 'disable trigger instance';
    return this.#connection.tell(access, operation, (sdk, options) =>
      sdk.triggerInstances.manage.update(triggerId, { status: enabled ? 'enable' : 'disable' }, options),
    );
  }

  deleteTrigger(access: ComposioAccess, triggerId: string): Promise<void> {
    return this.#connection.tell(access, 'delete trigger instance', (sdk, options) =>
      sdk.triggerInstances.manage.delete(triggerId, options),
    );
  }

  async listAuthConfigs(
    access: ComposioAccess,
    operation: 'list auth configs' | 'find auth config' = 'list auth configs',
  ): Promise<AuthConfig[]> {
    const { items } = await collect({ operation, keyOf: idOf }, (cursor) =>
      this.#connection.get(access, operation, answers.authConfigPage, (sdk, options) =>
        sdk.authConfigs.list({ limit: smallPage, show_disabled: true, ...(cursor && { cursor }) }, options),
      ),
    );
    return items;
  }

  async listConnectedAccounts(access: ComposioAccess): Promise<ConnectedAccount[]> {
    const operation = 'list connected accounts';
    const { items } = await collect({ operation, keyOf: idOf }, (cursor) =>
      this.#connection.get(access, operation, answers.connectedAccountPage, (sdk, options) =>
        sdk.connectedAccounts.list({ limit: accountPage, ...(cursor && { cursor }) }, options),
      ),
    );
    return items;
  }

  createAuthConfig(access: ComposioAccess, toolkit: string): Promise<{ id: string }> {
    const body = {
      toolkit: { slug: toolkit },
      auth_config: { type: 'use_composio_managed_auth' as const, name: `${toolkit}-crewship` },
    };
    return this.#connection.ask(access, 'create auth config', answers.createdAuthConfig, (sdk, options) =>
      sdk.authConfigs.create(body, options),
    );
  }

  createConnectLink(
    access: ComposioAccess,
    { authConfigId, userId, callbackUrl }: { authConfigId: string; userId: string; callbackUrl?: string },
  ): Promise<ConnectLink> {
    const body = { auth_config_id: authConfigId, user_id: userId, ...(callbackUrl && { callback_url: callbackUrl }) };
    return this.#connection.ask(access, 'create connect link', answers.connectLink, (sdk, options) =>
      sdk.link.create(body, options),
    );
  }

  revokeAccount(access: ComposioAccess, accountId: string): Promise<void> {
    return this.#connection.tell(access, 'revoke connected account', (sdk, options) =>
      sdk.connectedAccounts.revoke(accountId, options),
    );
  }

  async refreshAccount(access: ComposioAccess, accountId: string): Promise<{ redirectUrl: string | null }> {
    const operation = 'refresh connected account';
    const answer = this.#connection.expectSuccess(
      access,
      operation,
      await this.#connection.send(access, operation, (sdk, options) =>
        sdk.connectedAccounts.refresh(accountId, {}, options),
      ),
    );
    return holdsObject(answer) ? read(operation, answers.refreshedAccount, answer) : { redirectUrl: null };
  }

  deleteAccount(access: ComposioAccess, accountId: string): Promise<void> {
    return this.#connection.tell(access, 'delete connected account', (sdk, options) =>
      sdk.connectedAccounts.delete(accountId, {}, options),
    );
  }

  async findMcpServer(access: ComposioAccess, name: string): Promise<McpServer | null> {
    const operation = 'find mcp server';
    // Composio filters by a part of the name, so the exact one may stand on a later page.
    for (let page = 1; page <= maxServerPages; page += 1) {
      const { items, totalPages } = await this.#connection.get(
        access,
        operation,
        answers.mcpServerPage,
        (sdk, options) => sdk.mcp.list({ name, page_no: page, limit: smallPage }, options),
      );
      const found = items.find((server) => server.name === name && server.id !== '');
      if (found !== undefined) return found;
      if (page >= totalPages) return null;
    }
    return null;
  }

  createMcpServer(
    access: ComposioAccess,
    wish: { name: string } & McpServerScope,
    operation: 'create mcp server' | 'create default mcp server' = 'create mcp server',
  ): Promise<MadeMcpServer> {
    return createMcpServerOf(this.#connection, access, operation, wish);
  }

  updateMcpServer(access: ComposioAccess, serverId: string, scope: McpServerScope): Promise<boolean> {
    return updateMcpServerOf(this.#connection, access, serverId, scope);
  }

  deleteMcpServer(access: ComposioAccess, serverId: string): Promise<void> {
    return this.#connection.tell(access, 'delete mcp server', (sdk, options) => sdk.mcp.delete(serverId, options));
  }

  transportUrl(serverId: string, userId: string): string {
    const query = new URLSearchParams({ user_id: userId });
    return `${this.#baseUrl}/v3/mcp/${encodeURIComponent(serverId)}/mcp?${query}`;
  }
}

function slugOf({ slug }: { slug: string }): string {
  return slug;
}

function idOf({ id }: { id: string }): string {
  return id;
}

function firstOf<T>(items: T[], limit: number): ComposioPage<T> {
  return { items: items.slice(0, limit), total: items.length };
}
