import { defineErrors } from '#kernel';

/** Errors of the instance's secrets. */
export const instanceSecretErrors = defineErrors('instance_secret', {
  notFound: { kind: 'not_found', message: 'secret not found' },
  invalidKey: {
    kind: 'invalid',
    message: 'key must be a capital letter followed by at most 127 capital letters, digits and underscores',
  },
  tooMany: { kind: 'conflict', message: 'the instance has 1000 secrets; delete one first' },
});
