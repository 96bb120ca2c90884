import { defineErrors } from '#kernel';

/** Errors of the workspace's integrations. */
export const integrationErrors = defineErrors('integration', {
  notFound: { kind: 'not_found', message: 'Integration not found' },
  nameTaken: { kind: 'conflict', message: 'Integration with this name already exists' },
});
