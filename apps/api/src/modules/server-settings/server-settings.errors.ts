import { defineErrors } from '#kernel';

/** What may be wrong with how a server is reached. */
export const serverSettingsErrors = defineErrors('server_settings', {
  endpointRequired: { kind: 'invalid', message: 'endpoint is required for streamable-http transport' },
  commandRequired: { kind: 'invalid', message: 'command is required for stdio transport' },
  endpointNotAllowed: { kind: 'invalid', message: 'endpoint is not allowed: {reason}' },
  credentialNotFound: { kind: 'invalid', message: 'Credential not found' },
  fieldInvalid: { kind: 'invalid', message: '{reason}' },
});
