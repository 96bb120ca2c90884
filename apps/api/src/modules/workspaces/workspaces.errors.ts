import { defineErrors } from '#kernel';

/** Errors of workspaces. */
export const workspaceErrors = defineErrors('workspace', {
  notFound: { kind: 'not_found', message: 'Workspace not found' },
  slugTaken: { kind: 'conflict', message: 'Workspace slug already taken' },
  unknownLanguage: {
    kind: 'invalid',
    message: 'invalid language "{language}" — use a name (e.g. Czech) or ISO code (e.g. cs)',
  },
  slugNotConfirmed: { kind: 'invalid', message: "confirm_slug must be the workspace's slug" },
  onlyWorkspace: { kind: 'conflict', message: 'Cannot delete your only workspace' },
  limitNotYours: { kind: 'forbidden', message: 'integration_limit is set by the instance administrator only' },
});
