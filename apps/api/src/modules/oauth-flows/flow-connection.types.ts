import type { Secret } from '#kernel';
import type { FlowTarget, StartedFlow } from './oauth-flows.types.js';

/** An MCP server that is to be connected, from its URL on. */
export interface McpServerWish {
  url: string;
  /** Name of the server, and the beginning of the credential's. */
  name: string;
  /** Key of a known provider, whose endpoints are taken instead of what the server publishes; other texts mean nothing. */
  providerHint?: string | null;
  /** An app that somebody registered at the provider by hand. */
  client?: { clientId: string; clientSecret: Secret | null };
  /** Separated by spaces; what the server asks for unless given. */
  scopes?: string | null;
  /** What gets the credential. */
  target: FlowTarget;
  /** From `FlowBrowserService.bind`; null when no browser is known. */
  browserHash: string | null;
}

/** A connection that was begun, or what is missing for it. */
export type McpConnection =
  | { status: 'authorize'; credentialId: string; flow: StartedFlow }
  | { status: 'needs_client_id'; authUrl: string; tokenUrl: string; scopes: string; message: string };
