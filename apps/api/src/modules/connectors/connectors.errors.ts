import { defineErrors } from '#kernel';

/** Errors of the connectors. */
export const connectorErrors = defineErrors('connector', {
  notFound: { kind: 'not_found', message: 'connector not found' },
  invalidBody: { kind: 'invalid', message: 'invalid body' },
  requiredFieldMissing: { kind: 'invalid', message: 'missing required field: {key}' },
  requiredFieldEmpty: { kind: 'invalid', message: 'connectors: required field has no value: "{key}"' },
  fieldInvalid: { kind: 'invalid', message: 'field "{key}" {reason}' },
  crewNotFound: { kind: 'not_found', message: 'Crew not found' },
  applicationNeeded: {
    kind: 'unprocessable',
    message:
      'The server takes registered applications only: register one with its vendor and connect with POST /api/v1/oauth/auto-connect',
  },
  installationNotFound: { kind: 'not_found', message: 'Installation not found' },
});
