import { defineErrors } from '#kernel';

/** What keeps the schema of the database from being brought up to date. */
export const migrationErrors = defineErrors('migration', {
  changed: {
    kind: 'internal',
    message:
      'Migration {name} was applied to this database, but its file has changed since. Restore the file as it was ' +
      'applied and put the change into a new migration.',
  },
  failedBefore: {
    kind: 'internal',
    message:
      'Migration {name} failed on this database at {startedAt}: {logs}\nRepair the cause, then let it run again with ' +
      "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '{name}' AND finished_at IS NULL",
  },
  failed: {
    kind: 'internal',
    message: 'Migration {name} failed and left nothing behind but its record. PostgreSQL said: {reason}',
  },
  missingFolder: { kind: 'internal', message: 'There is no folder of migrations at {dir}' },
  tooOld: { kind: 'internal', message: 'The database is PostgreSQL {found}, but 15 or newer is needed' },
  busy: {
    kind: 'unavailable',
    message: 'Another process has been migrating this database for more than {seconds} seconds',
  },
});
