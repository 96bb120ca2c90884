import type { Request } from 'express';
import type { Actor, RuntimeReach, WorkspaceRole } from '#kernel';
import type { AuthenticationFailure } from './access.errors.js';

/** What a caller has in one workspace. */
export interface Membership {
  workspaceId: string;
  role: WorkspaceRole;
  capabilities: readonly string[];
  revision: bigint;
}

/** Who a caller is, and what they have in the workspace they named. */
export type Authentication =
  | { ok: true; actor: Actor; instanceAdmin: boolean; membership: Membership | null }
  | { ok: false; reason: AuthenticationFailure };

/**
 * Finds out who calls and what they may see, in one database round trip. Nothing is remembered between requests: a
 * revoked token, an ended session or a removed member is refused from the next request on.
 */
export abstract class Authenticator {
  /** `workspaceRef` is the id or slug of the workspace the request names, null when it names none. */
  abstract authenticate(request: Request, workspaceRef: string | null): Promise<Authentication>;

  /** What the instance administrator has in a workspace without being its member; null when there is no such workspace. */
  abstract administered(workspaceRef: string): Promise<Membership | null>;
}

/** Checks `X-Internal-Token`, and where the call comes from. */
export abstract class InternalGate {
  /**
   * What the token reaches.
   * @throws AppError when the call is not the runtime's.
   */
  abstract check(request: Request): RuntimeReach;
}

/** What a team key opens. */
export interface TeamKeyGrant {
  /** Id of the key's row, for the audit log. */
  tokenId: string;
  workspaceId: string;
  revision: bigint;
  scopes: readonly string[];
}

/** What a workspace token opens. */
export interface WorkspaceTokenGrant {
  /** Id of the token's row, for the audit log. */
  tokenId: string;
  workspaceId: string;
  revision: bigint;
  scopes: readonly string[];
}

/** Checks the bearer tokens of workspaces, in one database round trip. Nothing is remembered between requests. */
export abstract class WorkspaceTokenGate {
  /** Whether the request presents a text of that form; other bearers are a person's. */
  abstract presents(request: Request): boolean;

  /**
   * What the presented token opens in the workspace with this id or slug; null: in whichever it belongs to.
   * @throws AppError 401 `access.workspace_token_invalid`: unknown, revoked, expired, or another workspace's, without saying which.
   */
  abstract check(request: Request, workspaceRef: string | null): Promise<WorkspaceTokenGrant>;
}

/** Checks team keys, in one database round trip. Nothing is remembered between requests. */
export abstract class TeamKeyGate {
  /**
   * What the presented key opens.
   * @throws AppError 401 `access.api_key_missing`, `access.api_key_invalid` or `access.api_key_expired`.
   */
  abstract check(request: Request): Promise<TeamKeyGrant>;
}
