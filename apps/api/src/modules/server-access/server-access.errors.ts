import { defineErrors } from '#kernel';

/** Why a server cannot be reached as it is configured. The sentences are shown to whoever tests or uses it. */
export const serverAccessErrors = defineErrors('server_access', {
  missingValues: {
    kind: 'unprocessable',
    message: 'The configuration needs values that are not there: {references}. Create these credentials or change it.',
  },
  credentialUnusable: {
    kind: 'unprocessable',
    message: 'The credential "{name}" cannot be used: {reason}.',
  },
  credentialNotRenewed: {
    kind: 'unprocessable',
    message:
      'The token of the credential "{name}" has expired and could not be renewed ({errorClass}). It is tried again {when}.',
  },
  headerNotSendable: {
    kind: 'unprocessable',
    message:
      'The value of header {name} has a line break or another character that headers cannot carry. Store it again without.',
  },
});
