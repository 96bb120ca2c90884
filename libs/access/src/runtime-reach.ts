import type { Request } from 'express';
import type { RuntimeReach, RuntimeScope } from '#kernel';
import { accessErrors } from './access.errors.js';

/** What a request says it is about; undefined, null and "" say nothing. */
export interface NamedByRequest {
  workspaceId?: string | null;
  crewId?: string | null;
  agentId?: string | null;
}

const members = ['workspaceId', 'crewId', 'agentId'] as const;

/**
 * The reach of a token on this request: its own, and the workspace that the query names where the token is bound to none.
 * @throws AppError 403 when the query names something that the token does not reach, or the same thing twice.
 */
export function reachOn(request: Request, reach: RuntimeReach): RuntimeReach {
  const { workspace_id: workspaceId, crew_id: crewId, agent_id: agentId } = request.query;
  const named = { workspaceId: single(workspaceId), crewId: single(crewId), agentId: single(agentId) };
  requireWithin({ reach }, named);
  return { ...reach, workspaceId: reach.workspaceId ?? (named.workspaceId || null) };
}

/**
 * What a body names must be what the token is bound to.
 * @throws AppError 403 when it is something else.
 */
export function requireWithin({ reach }: Pick<RuntimeScope, 'reach'>, named: NamedByRequest): void {
  for (const member of members) {
    const [bound, wanted] = [reach[member], named[member]];
    if (bound !== null && wanted && wanted !== bound) throw accessErrors.internalForbidden();
  }
}

function single(value: unknown): string | undefined {
  if (value !== undefined && typeof value !== 'string') throw accessErrors.internalForbidden();
  return value;
}
