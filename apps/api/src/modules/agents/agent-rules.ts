import { type WorkspaceRole, workspaceRoles } from '#kernel';
import { agentErrors } from './agents.errors.js';
import type { AgentRole } from './agents.types.js';

/** The wider of a member's workspace role and their role in a crew: a crew role raises, it never lowers. */
export function raisedRole(workspaceRole: WorkspaceRole, crewRole: string | null): WorkspaceRole {
  return workspaceRoles.find((role) => role === workspaceRole || role === crewRole) ?? workspaceRole;
}

/** What the rule for changing an agent looks at. */
export interface EditClaim {
  role: WorkspaceRole;
  userId: string | null;
  /** The caller's role in the agent's crew. */
  crewRole: string | null;
  createdByUserId: string | null;
}

/** Whether a caller may change or delete an agent: a MANAGER only their own, or those of crews that they administer. */
export function mayEdit({ role, userId, crewRole, createdByUserId }: EditClaim): boolean {
  if (role === 'OWNER' || role === 'ADMIN') return true;
  if (role !== 'MANAGER') return false;
  return (userId !== null && createdByUserId === userId) || crewRole === 'OWNER' || crewRole === 'ADMIN';
}

/** @throws AppError `agent.lead_needs_crew` for a lead without a crew. */
export function requireCrewOfLead(agent: { agentRole: AgentRole; crewId: string | null }): void {
  if (agent.agentRole === 'LEAD' && agent.crewId === null) throw agentErrors.leadNeedsCrew();
}

/** The lead mode to store: a lead has one, nobody else does. */
export function leadModeOf(agentRole: AgentRole, leadMode: string | null): string | null {
  return agentRole === 'LEAD' ? (leadMode ?? 'active') : null;
}
