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

/**
 * Composio, as far as the product uses it. Every method throws AppError of {@link composioErrors} (502) whose sentence
 * names the operation that failed and whose `details` are {@link ComposioFaultDetails}. Lists without a `limit` are whole.
 */
export abstract class ComposioClient {
  /** Asks for one app, to see whether Composio takes the key. */
  abstract validateKey(access: ComposioAccess): Promise<void>;

  /** Apps by Composio's own order, the first `limit` of those that match. */
  abstract listToolkits(
    access: ComposioAccess,
    filter: { search?: string; category?: string; limit: number },
  ): Promise<ComposioPage<Toolkit>>;

  /** Tools of an app, the first `limit` of those that match. */
  abstract listTools(
    access: ComposioAccess,
    filter: { toolkit: string; search?: string; limit: number },
  ): Promise<ComposioPage<Tool>>;

  /** Every tool of an app. */
  abstract listAllTools(access: ComposioAccess, toolkit: string): Promise<Tool[]>;

  /** Kinds of triggers, of one app or of all; the first `limit` of those that match. */
  abstract listTriggerTypes(
    access: ComposioAccess,
    filter: { toolkit?: string; search?: string; limit: number },
  ): Promise<ComposioPage<TriggerType>>;

  /** Every trigger that fires, of all users. */
  abstract listActiveTriggers(access: ComposioAccess): Promise<TriggerInstance[]>;

  /** Makes a trigger for a user, or enables the one that exists. */
  abstract upsertTrigger(
    access: ComposioAccess,
    wish: { slug: string; userId: string; config: Record<string, unknown> | null },
  ): Promise<{ triggerId: string }>;

  /** Lets a trigger fire, or stops it without removing it. */
  abstract setTriggerEnabled(access: ComposioAccess, triggerId: string, enabled: boolean): Promise<void>;

  /** Removes a trigger. */
  abstract deleteTrigger(access: ComposioAccess, triggerId: string): Promise<void>;

  /** Every auth config of the project, disabled ones too, in Composio's order. `operation` is what errors call it. */
  abstract listAuthConfigs(
    access: ComposioAccess,
    operation?: 'list auth configs' | 'find auth config',
  ): Promise<AuthConfig[]>;

  /** Every connected account of the project, of all users and in every state, in Composio's order. */
  abstract listConnectedAccounts(access: ComposioAccess): Promise<ConnectedAccount[]>;

  /** Makes an auth config that Composio manages for an app. */
  abstract createAuthConfig(access: ComposioAccess, toolkit: string): Promise<{ id: string }>;

  /** Begins connecting an account. Composio sends the person to `callbackUrl` afterwards. */
  abstract createConnectLink(
    access: ComposioAccess,
    wish: { authConfigId: string; userId: string; callbackUrl?: string },
  ): Promise<ConnectLink>;

  /** Takes an account's authorisation back at the app. */
  abstract revokeAccount(access: ComposioAccess, accountId: string): Promise<void>;

  /** Refreshes an account. A URL in the answer means that a person has to consent again, there. */
  abstract refreshAccount(access: ComposioAccess, accountId: string): Promise<{ redirectUrl: string | null }>;

  /** Removes an account at Composio. */
  abstract deleteAccount(access: ComposioAccess, accountId: string): Promise<void>;

  /** The MCP server of exactly this name, or null. */
  abstract findMcpServer(access: ComposioAccess, name: string): Promise<McpServer | null>;

  /**
   * Makes an MCP server. Tools that Composio says do not exist are left out, never all of them: the answer names those
   * that it serves. `operation` is what errors call it.
   */
  abstract createMcpServer(
    access: ComposioAccess,
    wish: { name: string } & McpServerScope,
    operation?: 'create mcp server' | 'create default mcp server',
  ): Promise<MadeMcpServer>;

  /**
   * Replaces what an MCP server serves. False where Composio knows no such call or no such server (404 or 405 on the paths
   * that are published and that other clients use): nothing has changed then.
   */
  abstract updateMcpServer(access: ComposioAccess, serverId: string, scope: McpServerScope): Promise<boolean>;

  /** Removes an MCP server. */
  abstract deleteMcpServer(access: ComposioAccess, serverId: string): Promise<void>;

  /** Where one user of an MCP server at Composio reaches it: streamable HTTP, key in `x-api-key`. */
  abstract transportUrl(serverId: string, userId: string): string;
}
