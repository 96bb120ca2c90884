import { defineErrors } from '#kernel';

/** Errors of the health checks. */
export const systemErrors = defineErrors('system', {
  notReady: {
    kind: 'unavailable',
    message: 'The database does not answer at the moment; try again shortly',
  },
});
