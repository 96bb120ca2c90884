import { defineErrors } from '#kernel';

/** Errors of agents. */
export const agentErrors = defineErrors('agent', {
  notFound: { kind: 'not_found', message: 'Agent not found' },
  forbidden: { kind: 'forbidden', message: 'Forbidden' },
  invalidCrew: { kind: 'invalid', message: 'Invalid crew_id' },
  slugTaken: { kind: 'conflict', message: 'Agent slug already taken in this workspace' },
  leadTaken: { kind: 'conflict', message: 'Crew already has a lead agent' },
  leadNeedsCrew: { kind: 'invalid', message: 'LEAD role requires crew_id' },
  nothingToUpdate: { kind: 'invalid', message: 'No fields to update' },
});
