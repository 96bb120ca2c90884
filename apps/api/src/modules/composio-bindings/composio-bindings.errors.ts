import { defineErrors } from '#kernel';

/** Errors of agents' Composio apps and of the default connector. The first nine sentences are those that clients know. */
export const composioBindingErrors = defineErrors('composio_binding', {
  userRequired: { kind: 'invalid', message: 'user_id is required' },
  agentNotFound: { kind: 'not_found', message: 'agent not found' },
  noApps: { kind: 'invalid', message: 'no apps to bind (connect an app first)' },
  noTools: { kind: 'invalid', message: 'no tools selected for {toolkit}' },
  invalidMode: { kind: 'invalid', message: 'invalid mode for {toolkit} (use full|read|custom)' },
  serverWithoutId: {
    kind: 'upstream',
    message: 'Composio returned an MCP server without an id — retry, and check the server log if it persists',
  },
  noAccounts: { kind: 'invalid', message: 'no Composio accounts connected; connect an account first' },
  severalUsers: {
    kind: 'invalid',
    message: 'multiple Composio users connected; set one with `crewship integration composio default set <user_id>`',
  },
  noConnectedApps: { kind: 'invalid', message: 'no connected apps; connect an app first' },
  invalidToolkit: {
    kind: 'invalid',
    message: 'toolkit must be a slug of at most 64 letters, digits, hyphens and underscores, such as gmail',
  },
  optedOut: {
    kind: 'conflict',
    message:
      'This agent has opted out of Composio. End that first: DELETE /api/v1/integrations/composio/agents/{agentId}/opt-out',
  },
  nameTaken: {
    kind: 'conflict',
    message: 'An integration of this workspace has the name {name}, which the app needs. Remove it first',
  },
  nameSpent: {
    kind: 'conflict',
    message:
      'No free name was left at Composio for the server of {toolkit}. Remove servers that are no longer used there',
  },
  busy: {
    kind: 'conflict',
    message: 'Another change of this workspace at Composio is under way. Try again in a moment',
  },
  keyChanged: {
    kind: 'conflict',
    message: 'The API key was changed meanwhile. Nothing of this was stored; try again with the key that counts now',
  },
  leftoverNotFound: { kind: 'not_found', message: 'Leftover not found' },
  overtaken: {
    kind: 'conflict',
    message: 'This change took so long that another one went before it. Nothing of it was stored; try again',
  },
});
