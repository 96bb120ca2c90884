import { defineErrors } from '#kernel';

/** Errors of granting credentials to agents. */
export const agentCredentialErrors = defineErrors('agent_credential', {
  notFound: { kind: 'not_found', message: 'Assignment not found' },
  credentialNotFound: { kind: 'not_found', message: 'Credential not found' },
  credentialManaged: {
    kind: 'conflict',
    message: 'This credential stands for the Composio API key, which is sent to servers at Composio only',
  },
  alreadyAssigned: { kind: 'conflict', message: 'Credential already assigned to agent' },
  deniedEnvVar: {
    kind: 'invalid',
    message:
      'env_var_name must not be {name}, which is the platform’s own or changes what programs do; choose another name',
  },
  invalidEnvVar: {
    kind: 'invalid',
    message: 'env_var_name must be letters, digits and underscores, and must not begin with a digit',
  },
});
