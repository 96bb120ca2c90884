import { ApiProperty } from '@nestjs/swagger';
import { type ActivityType, activityTypes } from '../activity.types.js';

/** One entry of the cross-crew activity feed. */
export class ActivityEntryResponse {
  /** Id of the entry. */
  id: string;

  /** Kind of the entry. */
  @ApiProperty({ enum: activityTypes, enumName: 'ActivityType' })
  type: ActivityType;

  /** How it stands. */
  status: string;

  /** One line about it. */
  summary: string;

  /** More about it. */
  detail: string | null;

  /** Name of the agent that it came from. */
  from_name: string;

  /** Slug of the agent that it came from. */
  from_slug: string;

  /** Name of the agent that it went to. */
  to_name: string | null;

  /** Slug of the agent that it went to. */
  to_slug: string | null;

  /** Name of the crew. */
  crew_name: string;

  /** Slug of the crew. */
  crew_slug: string;

  /** Color of the crew. */
  crew_color: string | null;

  /** When it happened (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}
