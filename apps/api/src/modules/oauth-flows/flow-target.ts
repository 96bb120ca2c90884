import { z } from 'zod';
import type { FlowTarget, ServerDraft, TargetColumns } from './oauth-flows.types.js';

const draftSchema = z.object({ name: z.string(), endpoint: z.string(), crewId: z.string().nullable() });

/** The columns that a target is stored in. */
export function columnsOfTarget(target: FlowTarget | null): TargetColumns {
  return {
    workspaceIntegrationId: target?.kind === 'workspace_integration' ? target.id : null,
    crewIntegrationId: target?.kind === 'crew_integration' ? target.id : null,
    agentId: target?.agentId ?? null,
    draft: target?.kind === 'draft' ? target.server : null,
  };
}

/** The target that a flow was started for; null for none. */
export function targetOf({
  workspaceIntegrationId,
  crewIntegrationId,
  agentId,
  draft,
}: TargetColumns): FlowTarget | null {
  if (crewIntegrationId !== null) return { kind: 'crew_integration', id: crewIntegrationId, agentId };
  if (workspaceIntegrationId !== null) return { kind: 'workspace_integration', id: workspaceIntegrationId, agentId };
  return draft === null ? null : { kind: 'draft', server: draft, agentId };
}

/** A stored draft. @throws ZodError when it is none, which only a fault of ours can bring about. */
export function draftOf(stored: unknown): ServerDraft | null {
  return stored === null || stored === undefined ? null : draftSchema.parse(stored);
}
