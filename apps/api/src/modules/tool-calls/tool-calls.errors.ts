import { defineErrors } from '#kernel';

/** Errors of recorded tool calls. */
export const toolCallErrors = defineErrors('tool_call', {
  agentNotFound: { kind: 'not_found', message: 'Agent not found' },
  invalidServer: { kind: 'invalid', message: 'Invalid mcp_server_id' },
  invalidCrew: { kind: 'invalid', message: 'Invalid crew_id' },
});
