import { TextField } from '#http';

/** Where a stream begins. */
export class StreamEventsQuery {
  /** As the header `Last-Event-ID`, for clients that cannot set it; the header wins. */
  @TextField({ max: 64, example: '1234-56' })
  last_event_id?: string;
}
