import { defineErrors } from '#kernel';

/** Errors of schedules. */
export const scheduleErrors = defineErrors('schedule', {
  notFound: { kind: 'not_found', message: 'schedule not found' },
  incomplete: { kind: 'invalid', message: 'cron_expr and prompt are required' },
  invalidTimezone: { kind: 'invalid', message: 'invalid timezone: {timezone}' },
  invalidCron: { kind: 'invalid', message: 'invalid request body' },
  neverRuns: { kind: 'invalid', message: 'cron_expr never runs. {reason}' },
  unknownAgent: { kind: 'invalid', message: 'agent_id does not name an agent of this workspace' },
  nameTaken: { kind: 'conflict', message: 'schedule name already exists' },
  tooMany: {
    kind: 'conflict',
    message: 'a workspace has at most 1000 schedules: delete one that is no longer needed',
  },
});
