import { defineErrors } from '#kernel';

/** Faults in stored rows that make an honest answer impossible. */
export const resolverErrors = defineErrors('resolver', {
  unreadableConfig: {
    kind: 'internal',
    message: 'The stored {column} of {row} cannot be merged because it is not valid JSON; save it again',
  },
});
