import type {
  ServerCredential,
  ServerDraft,
  ServerOrigin,
  Transport,
  Visibility,
} from '../server-settings/server-settings.types.js';

/** What a crew row takes over from the workspace server that it is linked to. */
export interface LinkedServer {
  displayName: string;
  transport: Transport;
  endpoint: string | null;
  command: string | null;
}

/** A crew's MCP server as it is stored: null settings inherit. JSON texts carry placeholders for secret literals. */
export interface CrewIntegration extends ServerCredential, ServerOrigin {
  id: string;
  workspaceId: string;
  crewId: string;
  workspaceIntegrationId: string | null;
  name: string;
  displayName: string | null;
  transport: Transport | null;
  endpoint: string | null;
  command: string | null;
  argsJson: string | null;
  envJson: string | null;
  configJson: string | null;
  icon: string | null;
  enabled: boolean;
  visibility: Visibility | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A server that a crew is to be given. */
export interface CrewServerDraft extends ServerDraft {
  /** Workspace server to override; a server of the crew's own without. */
  workspaceIntegrationId?: string | null;
}

/** What the bindings and credentials of one crew row amount to. */
export interface BindingFacts {
  /** Bindings of live agents to this very row. */
  agentBindingCount: number;
  /** Live credentials that bindings would send to this server. */
  credentialCount: number;
  /** Those of them that are expired, revoked or in error. */
  brokenCredentialCount: number;
}

/** A crew row with what answers show beside its own columns. */
export interface DetailedCrewIntegration extends CrewIntegration {
  /** Null for a server of the crew's own. */
  linked: LinkedServer | null;
  crew: { name: string; slug: string };
  /** Name of the credential that the row itself names; null without one. A deleted one counts as none. */
  credentialName: string | null;
  /** Status of the live credential that is sent for an agent whose binding names none; null without one. */
  sharedCredentialStatus: string | null;
  facts: BindingFacts;
}

/** The state of the credentials that a server's bindings would send; `none` where no credential applies. */
export const authStatuses = ['none', 'missing', 'expired', 'connected'] as const;

/** One of {@link authStatuses}. */
export type AuthStatus = (typeof authStatuses)[number];
