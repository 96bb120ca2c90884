import type { Secret } from '#kernel';

/** Whose key a call is made with. */
export type ComposioKeySource = 'workspace' | 'env';

/** What a call to Composio needs beside its arguments. The host is the operator's choice, never a caller's. */
export interface ComposioAccess {
  apiKey: Secret;
  /** Where the key came from: the workspace's own settings, else the server's environment. */
  source: ComposioKeySource;
}

/** Part of a list, with the number of items that match in all. */
export interface ComposioPage<T> {
  items: T[];
  total: number;
}

/** An app as other things refer to it. */
export interface ToolkitReference {
  /** Lower case, such as `gmail`. */
  slug: string;
  /** Absolute URL, or null where Composio gives none. */
  logo: string | null;
}

/** An app that can be connected. */
export interface Toolkit {
  slug: string;
  name: string;
  /** Whether it works without any account. */
  noAuth: boolean;
  description: string;
  logo: string | null;
  toolsCount: number;
  categories: { id: string; name: string }[];
}

/** One action of an app. */
export interface Tool {
  /** Upper case, such as `GMAIL_FETCH_EMAILS`. */
  slug: string;
  name: string;
  description: string;
  toolkit: ToolkitReference;
  /** What Composio's hints say of it: true only reads, false also changes something, null they say neither. */
  readOnly: boolean | null;
}

/** A kind of event that an app can raise. */
export interface TriggerType {
  slug: string;
  name: string;
  description: string;
  /** `webhook` or `poll`. */
  type: string;
  toolkit: ToolkitReference;
}

/** A trigger that fires for one Composio user. */
export interface TriggerInstance {
  id: string;
  /** Slug of its type. */
  triggerName: string;
  userId: string;
  connectedAccountId: string;
  config: Record<string, unknown> | null;
  /** Instant as Composio writes it; null while it fires. */
  disabledAt: string | null;
}

/** How an app's accounts are authorised; one app may have several. */
export interface AuthConfig {
  id: string;
  name: string;
  /** `ENABLED` or `DISABLED`. */
  status: string;
  toolkit: ToolkitReference;
}

/** An account that a Composio user connected, in whatever state it is. */
export interface ConnectedAccount {
  id: string;
  userId: string;
  /** `ACTIVE`, `INITIATED`, `EXPIRED`, `REVOKED`, … */
  status: string;
  toolkit: ToolkitReference;
  authConfig: { id: string; authScheme: string; isComposioManaged: boolean; isDisabled: boolean };
}

/** Where a person authorises an account. */
export interface ConnectLink {
  redirectUrl: string;
  connectedAccountId: string;
  /** Instant as Composio writes it; empty when it says none. */
  expiresAt: string;
}

/** An MCP server at Composio: apps, by their auth configs, and the tools of them that it serves. */
export interface McpServer {
  /** Empty when Composio made it and told none. */
  id: string;
  name: string;
  /** Null where Composio does not say. */
  authConfigIds: string[] | null;
  /** Empty means every tool; null where Composio does not say. */
  allowedTools: string[] | null;
}

/** What an MCP server at Composio is to serve. */
export interface McpServerScope {
  authConfigIds: string[];
  /** Empty means every tool. */
  allowedTools: string[];
}

/** A server that was just made: what it serves is known. */
export type MadeMcpServer = Pick<McpServer, 'id' | 'name'> & McpServerScope;
