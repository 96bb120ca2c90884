import { defineErrors } from '#kernel';

/** Errors of what the runtime asks for. */
export const runtimeErrors = defineErrors('runtime', {
  agentNotFound: { kind: 'not_found', message: 'Agent not found' },
});
