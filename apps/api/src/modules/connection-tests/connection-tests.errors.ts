import { defineErrors } from '#kernel';

/** Errors of connection tests. */
export const connectionTestErrors = defineErrors('connection_test', {
  notFound: { kind: 'not_found', message: 'Integration not found' },
  crewNotFound: { kind: 'not_found', message: 'Crew not found' },
});
