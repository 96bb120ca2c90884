import { ChoiceField, IdField, PageQuery } from '#http';
import { type EventType, eventTypes } from '../../events/events.types.js';

/** Which events are wanted. */
export class ListEventsQuery extends PageQuery {
  /** Only events of this type. */
  @ChoiceField(eventTypes, { enumName: 'EventType', example: 'APPROVAL_REQUESTED' })
  type?: EventType;

  /** Only events about this agent. */
  @IdField()
  agent_id?: string;
}
