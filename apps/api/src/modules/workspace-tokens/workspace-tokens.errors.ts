import { defineErrors } from '#kernel';

/** Errors of workspace tokens. */
export const workspaceTokenErrors = defineErrors('workspace_token', {
  notFound: { kind: 'not_found', message: 'token not found or already revoked' },
  tooMany: { kind: 'rate_limited', message: 'maximum 50 active tokens per workspace' },
  unknownScope: { kind: 'invalid', message: 'unknown scope: {scope}' },
  workspaceNotFound: { kind: 'not_found', message: 'workspace not found' },
  beyondOwnScopes: {
    kind: 'forbidden',
    message: 'A token makes tokens of its own kind only, with scopes that it has itself; {what} is beyond them',
  },
  scopesRequired: { kind: 'invalid', message: 'scopes must name at least one scope; leave it out for all of them' },
});
