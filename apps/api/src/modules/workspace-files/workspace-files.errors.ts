import { defineErrors } from '#kernel';

/** Errors of a workspace's files. */
export const workspaceFileErrors = defineErrors('workspace_file', {
  notFound: { kind: 'not_found', message: 'file not found' },
});
