import { defineErrors } from '#kernel';

/** Errors of workspace runtimes. */
export const workspaceRuntimeErrors = defineErrors('workspace_runtime', {
  parentNotFound: { kind: 'invalid', message: 'parent_id names no workspace that you manage' },
  parentStays: { kind: 'invalid', message: 'parent_id can be changed only by who manages the workspace above as well' },
  parentBelow: {
    kind: 'invalid',
    message: 'parent_id names this workspace or one below it; a hierarchy has no circles',
  },
  tooDeep: { kind: 'invalid', message: 'a hierarchy of workspaces is at most 16 deep' },
});
