import { defineErrors } from '#kernel';

/** Errors of the workspace's integrations. */
export const integrationErrors = defineErrors('integration', {
  notFound: { kind: 'not_found', message: 'Integration not found' },
  nameTaken: { kind: 'conflict', message: 'Integration with this name already exists' },
  managed: {
    kind: 'conflict',
    message:
      'This integration belongs to an agent’s Composio apps. Change it with POST, or remove it with DELETE ' +
      '/api/v1/integrations/composio/agents/{agentId}/bind, or switch it off with the agent’s binding on it',
  },
  secretsWouldMove: {
    kind: 'invalid',
    message:
      'This change would send secrets to another destination than they were given for: {members}. ' +
      'Send the values again, confirm the credential by sending credential_id again, or clear them.',
  },
});
