import { defineErrors } from '#kernel';

/** Errors of the crews' integrations. */
export const crewIntegrationErrors = defineErrors('crew_integration', {
  crewNotFound: { kind: 'not_found', message: 'Crew not found' },
  notFound: { kind: 'not_found', message: 'Crew integration not found' },
  nameTaken: { kind: 'conflict', message: 'Integration with this name already exists in this crew' },
  linkNotFound: { kind: 'invalid', message: 'Referenced workspace integration not found' },
});
