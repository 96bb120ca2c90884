import { defineErrors } from '#kernel';

/** Faults of the key to Composio. */
export const composioSettingsErrors = defineErrors('composio_settings', {
  notConfigured: { kind: 'invalid', message: 'Composio is not configured (set an API key first)' },
  keyRejected: { kind: 'invalid', message: 'Composio rejected this API key (check the key and project)' },
});
