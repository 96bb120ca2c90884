import type { Secret } from '#kernel';

/** How the console names the two HTTP transports of MCP. */
export const consoleTransports = ['streamable_http', 'http_sse'] as const;

/** One of {@link consoleTransports}. */
export type ConsoleTransport = (typeof consoleTransports)[number];

/** How an MCP server is told who calls. */
export const authTypes = ['none', 'bearer', 'basic', 'api_key', 'custom'] as const;

/** One of {@link authTypes}. `custom` is a header of any name with a value sent as it is. */
export type AuthType = (typeof authTypes)[number];

/** What `auth_config` may hold. */
export const authConfigKeys = ['token', 'api_key', 'header_name', 'username', 'password'] as const;

/** The members of `auth_config` as a caller sent them. */
export type AuthConfig = Partial<Record<(typeof authConfigKeys)[number], string | null>>;

/** What is sent to a server, as a credential and the words of a server row about it. */
export interface ServerAuth {
  /** Undefined for `none`. */
  credential: { value: Secret; credType: 'bearer' | 'basic' | 'api_key'; credHeader: string | null } | null;
  authType: AuthType;
}

/** A server that the console made, as it is stored. */
export interface ConsoleServer {
  id: string;
  agentId: string;
  name: string;
  serverUrl: string | null;
  configJson: string | null;
  authType: AuthType;
  credentialId: string | null;
  /** Whether the agent has it: neither the server nor the agent's binding is switched off. */
  enabled: boolean;
  /** Whether the last connection worked; null before the first. */
  lastConnectedOk: boolean | null;
  /** When the server's settings were last changed. */
  updatedAt: Date;
}

/** A tool of a server, as the console shows it. */
export interface ConsoleAction {
  id: string;
  integrationId: string;
  integrationName: string;
  toolName: string;
  title: string | null;
  description: string | null;
  enabled: boolean;
}
