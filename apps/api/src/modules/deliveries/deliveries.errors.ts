import { defineErrors } from '#kernel';

/** Errors of deliveries and their endpoints. */
export const deliveryErrors = defineErrors('delivery', {
  notFound: { kind: 'not_found', message: 'delivery not found' },
  endpointNotFound: { kind: 'not_found', message: 'delivery endpoint not found' },
  urlNotAllowed: { kind: 'invalid', message: 'url: {sentence}' },
  eventTypesNotForA2a: {
    kind: 'invalid',
    message: 'event_types must be empty for the protocol a2a: only agent messages are sent to such an endpoint',
  },
  unknownEventType: { kind: 'invalid', message: 'event_types: "{type}" is not an event that can be delivered' },
  cancelled: { kind: 'conflict', message: 'the delivery was cancelled' },
  noMessage: { kind: 'conflict', message: 'only a delivery of type agent.message takes a reply' },
  repliedAlready: { kind: 'conflict', message: 'the delivery has been replied to' },
  replyTooLate: { kind: 'gone', message: 'the reply came too late: it is taken within 5 minutes of the delivery' },
  notRedeliverable: {
    kind: 'conflict',
    message: 'only a delivery with the status dead or no_endpoint is sent again; this one is {status}',
  },
  runNotOfMessage: {
    kind: 'conflict',
    message: 'the run was not started by a message that is still kept, so it cannot be cancelled or retried here',
  },
  runIsOver: { kind: 'conflict', message: 'the run is over: it is {status}' },
  runIsOpen: { kind: 'conflict', message: 'the run is still running: cancel it before it is retried' },
});
