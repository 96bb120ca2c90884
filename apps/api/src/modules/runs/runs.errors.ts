import { defineErrors } from '#kernel';

/** Errors of runs. */
export const runErrors = defineErrors('run', { notFound: { kind: 'not_found', message: 'run not found' } });
