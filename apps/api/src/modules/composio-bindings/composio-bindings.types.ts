/** How much of an app an agent gets: every tool, those that only read, or those that were picked. */
export const appModes = ['full', 'read', 'custom'] as const;

/** One of {@link appModes}. */
export type AppMode = (typeof appModes)[number];

/** An app that an agent is to get. */
export interface WantedApp {
  /** Slug in lower case. */
  toolkit: string;
  mode: AppMode;
  /** Slugs as they were asked for; counts in mode `custom` only. */
  tools: readonly string[];
}

/** An app whose tools are settled. */
export interface SettledApp {
  toolkit: string;
  mode: AppMode;
  /** Empty for `full`, which is every tool. */
  tools: string[];
}

/** A settled app with the server at Composio that serves it. */
export interface ServedApp extends SettledApp {
  /** Id of our row of the server. */
  serverId: string;
  /** Where the agent's Composio user reaches it. */
  endpoint: string;
}

/** An app that an agent has. */
export interface ComposioBinding extends SettledApp {
  id: string;
  workspaceIntegrationId: string;
  serverId: string;
  userId: string;
  endpoint: string;
  /** Whether the agent's binding on the server is there and on. */
  enabled: boolean;
}

/** A server that we made at Composio, as it is noted. */
export interface UpstreamServer {
  id: string;
  name: string;
  /** Null for the server of the default connector. */
  toolkit: string | null;
  /** Sorted. Empty means all. */
  wantedTools: string[];
  allowedTools: string[];
  authConfigIds: string[];
  /** Null while it is being made, or when nobody knows whether it was. */
  upstreamId: string | null;
  keyFingerprint: string;
  failures: number;
  nextAttemptAt: Date;
  lastError: string | null;
  createdAt: Date;
}

/** What a server at Composio is to be. */
export interface ServerWish {
  /** Null for the default connector. */
  toolkit: string | null;
  authConfigIds: string[];
  /** Empty means all. */
  tools: readonly string[];
}

/** The default connector of a workspace as it is set. */
export interface DefaultConnector {
  userId: string;
  /** Id of our row of the server. */
  serverId: string;
  endpoint: string;
  /** The credential that stands for the workspace's key. */
  keyId: string;
}

/** The same as it is read. */
export interface StoredDefaultConnector {
  userId: string;
  /** Name and id of the server at Composio. */
  name: string;
  upstreamId: string;
  keyFingerprint: string;
}
