import { ApiProperty } from '@nestjs/swagger';
import { type EventType, eventTypes } from '../../events/events.types.js';

/** Something that happened. */
export class EventResponse {
  /** Id of the event. */
  id: string;

  /** Its place in the stream: what `Last-Event-ID` takes. */
  @ApiProperty({ example: '1234-56' })
  cursor: string;

  /** What happened. Later versions may tell more. */
  @ApiProperty({ enum: eventTypes, enumName: 'EventType' })
  type: EventType;

  /** The same as `type`, by the name that older clients know. */
  @ApiProperty({ enum: eventTypes, enumName: 'EventType' })
  event_type: EventType;

  /** Null for what concerns no single workspace. */
  workspace_id: string | null;

  /** The agent that it is about. */
  agent_id: string | null;

  /** Ids, names and words, by `type`. Never values or secrets. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  payload: object;

  /** When it was told. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}
