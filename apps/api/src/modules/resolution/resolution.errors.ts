import { defineErrors } from '#kernel';

/** Errors of the resolution. */
export const resolutionErrors = defineErrors('resolution', {
  agentNotFound: { kind: 'not_found', message: 'Agent not found' },
});
