/** How the provider's answer comes back: to our callback, to a listener of ours on this host, or to the initiator. */
export const flowDeliveries = ['callback', 'loopback', 'client'] as const;

/** One of {@link flowDeliveries}. */
export type FlowDelivery = (typeof flowDeliveries)[number];

/** Where a flow stands. `exchanging`: the answer came, and the code is being exchanged. */
export const flowStatuses = ['pending', 'exchanging', 'completed', 'failed'] as const;

/** One of {@link flowStatuses}. */
export type FlowStatus = (typeof flowStatuses)[number];

/**
 * What became of tokens that a provider issued and that could not be stored. `kept`: the credential has earlier tokens,
 * which might have ended with them.
 */
export const lostTokenFates = ['revoked', 'kept', 'not_supported', 'failed'] as const;

/** One of {@link lostTokenFates}. */
export type LostTokens = (typeof lostTokenFates)[number];

/** The MCP server that is registered when a flow completes. */
export interface ServerDraft {
  /** Wished name. A number is added where another server has it. */
  name: string;
  endpoint: string;
  /** Crew that gets it; null for the workspace. */
  crewId: string | null;
}

/** The one agent that a connection is for; null for everybody who has the server. */
interface ForAgent {
  agentId?: string | null;
}

/** What gets the credential when the flow completes. */
export type FlowTarget = ForAgent &
  (
    | { kind: 'workspace_integration'; id: string }
    | { kind: 'crew_integration'; id: string }
    | { kind: 'draft'; server: ServerDraft }
  );

/** The target as a flow's row holds it. */
export interface TargetColumns {
  workspaceIntegrationId: string | null;
  crewIntegrationId: string | null;
  agentId: string | null;
  draft: ServerDraft | null;
}

/** One authorization as it is stored. Its `state` is known to the initiator only. */
export interface Flow extends TargetColumns {
  id: string;
  workspaceId: string;
  credentialId: string;
  userId: string | null;
  /** SHA-256 (hex) of the initiating browser's cookie; null when no browser started it. */
  browserHash: string | null;
  delivery: FlowDelivery;
  status: FlowStatus;
  /** Code of our error model. */
  failureCode: string | null;
  /** Null when no tokens were issued, or they were stored. */
  lostTokens: LostTokens | null;
  /** The client that was asked with where the credential's own had ended; it becomes the credential's. */
  renewedClientId: string | null;
  /** Null for flows of an earlier version. */
  settingsHash: string | null;
  issuer: string | null;
  issRequired: boolean;
  redirectUri: string;
  resource: string | null;
  scopes: string | null;
  sealedCodeVerifier: string;
  expiresAt: Date;
  finishedAt: Date | null;
  createdAt: Date;
}

/** What somebody wishes to start. */
export interface FlowWish {
  credentialId: string;
  delivery: FlowDelivery;
  /** Where the provider sends the browser; our callback unless given. Judged by the one who asks. */
  redirectUri?: string;
  /** What gets the credential. Null: nothing beyond what refers to it already, or what an earlier attempt was for. */
  target: FlowTarget | null;
  /** From `FlowBrowser.bind`; null when no browser is known. */
  browserHash?: string | null;
}

/** A flow that waits for its answer. */
export interface StartedFlow {
  flowId: string;
  /** Where the person approves. */
  authUrl: string;
  /** For the initiator only: it is stored as a hash. */
  state: string;
  redirectUri: string;
  expiresAt: Date;
}

/** The server that a finished flow connected. */
export interface ConnectedServer {
  scope: 'workspace' | 'crew';
  id: string;
}

/** A flow that came to its good end. */
export interface CompletedFlow {
  /** Null when the client made the authorization request itself. */
  flowId: string | null;
  credentialId: string;
  /** Null when the credential was connected for nothing in particular. */
  server: ConnectedServer | null;
}
