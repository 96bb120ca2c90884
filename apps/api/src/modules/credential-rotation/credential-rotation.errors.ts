import { defineErrors } from '#kernel';

/** Errors of rotating credentials. */
export const credentialRotationErrors = defineErrors('credential_rotation', {
  nothingToRollBack: {
    kind: 'conflict',
    message: 'There is no earlier value to go back to: the last rotation kept none, or its time is over',
  },
});
