import { defineErrors } from '#kernel';

/** Errors of the event stream. */
export const eventErrors = defineErrors('event', {
  cursorInvalid: {
    kind: 'invalid',
    message: 'Last-Event-ID must be the id of an event of this stream, such as 1234-56',
  },
  shuttingDown: { kind: 'unavailable', message: 'This server is about to stop; connect again' },
});
