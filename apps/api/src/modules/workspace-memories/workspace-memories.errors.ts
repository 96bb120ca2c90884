import { defineErrors } from '#kernel';

/** Errors of a workspace's memories. */
export const memoryErrors = defineErrors('memory', {
  notFound: { kind: 'not_found', message: 'memory not found' },
  tooLong: { kind: 'invalid', message: 'content must be at most 100000 bytes long' },
  tooMany: { kind: 'conflict', message: 'the workspace has 10000 memories; delete one first' },
});
