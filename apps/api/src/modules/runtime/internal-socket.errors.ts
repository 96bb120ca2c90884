import { defineErrors } from '#kernel';

/** Why the Unix socket cannot be served. Read by who starts the process. */
export const internalSocketErrors = defineErrors('internal_socket', {
  inUse: {
    kind: 'internal',
    message: 'INTERNAL_SOCKET {path} is served by another process. Stop it, or give this one another path.',
  },
  notASocket: {
    kind: 'internal',
    message: 'INTERNAL_SOCKET {path} is there and is no socket. Remove it, or give another path.',
  },
  tooLong: {
    kind: 'internal',
    message:
      'INTERNAL_SOCKET {path} is longer than {most} bytes, which the system does not allow. Give a shorter path.',
  },
  notOpened: {
    kind: 'internal',
    message: 'INTERNAL_SOCKET {path} cannot be opened ({code}). Its folder must be there and be writable by this user.',
  },
});
