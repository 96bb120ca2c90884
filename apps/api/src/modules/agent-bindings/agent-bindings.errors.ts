import { defineErrors } from '#kernel';

/** Errors of the agents' bindings. */
export const agentBindingErrors = defineErrors('agent_binding', {
  agentNotFound: { kind: 'not_found', message: 'Agent not found' },
  notFound: { kind: 'not_found', message: 'Agent binding not found' },
  workspaceServerNotFound: { kind: 'invalid', message: 'Workspace integration not found' },
  crewServerNotFound: { kind: 'invalid', message: 'Crew integration not found' },
  credentialNotFound: { kind: 'invalid', message: 'Credential not found' },
  fieldInvalid: { kind: 'invalid', message: '{reason}' },
  nothingGiven: { kind: 'invalid', message: 'No fields to update' },
  serverManaged: {
    kind: 'conflict',
    message:
      'This integration was made for the Composio apps of one agent. Give an agent apps with POST ' +
      '/api/v1/integrations/composio/agents/{agentId}/bind',
  },
  taken: { kind: 'conflict', message: 'Agent already has a binding for this integration' },
});
