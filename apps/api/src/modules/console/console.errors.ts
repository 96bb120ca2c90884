import { defineErrors } from '#kernel';

/** Errors of the agent console (seed 002). Sentences are part of the contract; the console's code is the reason, or the word for its kind. */
export const consoleErrors = defineErrors('console', {
  workflowRequired: { kind: 'invalid', message: 'Agent must have a workflow before managing integrations' },
  typeMismatch: { kind: 'invalid', message: 'Integration type does not match this endpoint' },
  integrationConnectionFailed: { kind: 'invalid', message: 'Connection failed' },
  invalid: { kind: 'invalid', message: '{reason}' },
  agentNotFound: { kind: 'not_found', message: 'Agent not found' },
  integrationNotFound: { kind: 'not_found', message: 'Integration not found' },
  integrationLimitReached: {
    kind: 'conflict',
    message: 'Integration limit reached for your plan. Please upgrade to add more integrations.',
  },
  changedMeanwhile: {
    kind: 'conflict',
    message: 'The integration was changed while its server was asked; send the request again',
  },
});
