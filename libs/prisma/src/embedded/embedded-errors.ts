import { defineErrors } from '#kernel';

/** What keeps the embedded PostgreSQL from starting. */
export const embeddedErrors = defineErrors('embedded_database', {
  inUse: {
    kind: 'unavailable',
    message:
      'The data folder {dataDir} is in use by another process (pid {pid}). Stop that process, or give this one ' +
      'its own folder with DATA_DIR.',
  },
  noBinaries: {
    kind: 'internal',
    message:
      'There is no embedded PostgreSQL for {platform}. Set DATABASE_URL to a PostgreSQL 15 or newer, or run npm ci ' +
      'without --omit=optional. Alpine (musl) is not supported.',
  },
  unreachable: {
    kind: 'internal',
    message:
      'PostgreSQL does not run as root, and its user {user} cannot reach {path}. Set DATA_DIR to a folder that ' +
      'every user can reach, start as an ordinary user, or set DATABASE_URL.',
  },
  noUser: {
    kind: 'internal',
    message:
      'PostgreSQL does not run as root, and no other user exists to run it as. Create a user named postgres, start as ' +
      'an ordinary user, or set DATABASE_URL.',
  },
  wrongVersion: {
    kind: 'internal',
    message:
      '{dir} holds a PostgreSQL {found} cluster, but this release runs PostgreSQL {expected}. Dump it with the ' +
      'release that made it, move the folder away and restore the dump.',
  },
  initFailed: { kind: 'internal', message: 'The database could not be created in {dir}. PostgreSQL said:\n{output}' },
  passwordLost: {
    kind: 'internal',
    message:
      'The cluster in {dir} does not accept the password in {dataDir}/secrets/postgres-password. Restore that file ' +
      'from the backup that the cluster belongs to, or use another DATA_DIR.',
  },
  startFailed: {
    kind: 'internal',
    message: 'PostgreSQL did not start within {seconds} seconds. The end of its log, {log}:\n{output}',
  },
  externalUnreachable: {
    kind: 'unavailable',
    message: 'The PostgreSQL at {host} that DATABASE_URL names cannot be used: {reason}',
  },
  stillRunning: {
    kind: 'internal',
    message:
      'An earlier PostgreSQL (pid {pid}) holds {dir}, does not accept our password and does not stop. Stop it with ' +
      'kill -INT {pid} and start again. Do not delete its postmaster.pid.',
  },
});
