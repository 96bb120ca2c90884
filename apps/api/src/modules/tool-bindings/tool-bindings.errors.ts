import { defineErrors } from '#kernel';

/** Errors of the tools of a crew's server. */
export const toolBindingErrors = defineErrors('tool_binding', {
  serverNotFound: { kind: 'not_found', message: 'Crew integration not found' },
  nameRequired: { kind: 'invalid', message: 'toolName required' },
  nameInvalid: { kind: 'invalid', message: '{reason}' },
  nothingGiven: { kind: 'invalid', message: 'Provide at least one of: enabled, description' },
});
