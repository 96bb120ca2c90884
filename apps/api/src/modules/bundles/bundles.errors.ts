import { defineErrors } from '#kernel';

/** Errors of bundles. */
export const bundleErrors = defineErrors('bundle', {
  notFound: { kind: 'not_found', message: 'bundle not found' },
  invalid: { kind: 'invalid', message: 'invalid bundle' },
  keyRequired: { kind: 'invalid', message: 'give either passphrase or recipient' },
  keyForSecrets: { kind: 'invalid', message: 'include_secrets needs passphrase or recipient' },
  badRecipient: { kind: 'invalid', message: 'recipient must be an age recipient (age1…)' },
  refused: { kind: 'unprocessable', message: 'the bundle cannot be imported; nothing was changed: {reason}' },
  unreadable: {
    kind: 'unprocessable',
    message: 'the encrypted bundle could not be opened: the key is not the right one, or the file is damaged',
  },
  tooLarge: { kind: 'unprocessable', message: 'the bundle would be too large to be imported again: {reason}' },
});
