import { defineErrors } from '#kernel';

/** What a caller can do wrong with Composio's catalogue, its triggers and accounts. */
export const composioCatalogueErrors = defineErrors('composio_catalogue', {
  toolkitRequired: { kind: 'invalid', message: 'toolkit is required' },
  triggerFieldsRequired: { kind: 'invalid', message: 'slug and user_id are required' },
  connectFieldsRequired: { kind: 'invalid', message: 'toolkit and user_id are required' },
  accountIdRequired: { kind: 'invalid', message: 'account id required' },
  idMalformed: { kind: 'invalid', message: '{name} must be letters, digits, -, _, . or :, at most 128 of them' },
  parameterTooLong: { kind: 'invalid', message: '{name} must be at most {max} characters long' },
  linkFailed: {
    kind: 'upstream',
    message: '{reason}. The auth config {id} was made at Composio before and stays: connecting again uses it',
  },
});
