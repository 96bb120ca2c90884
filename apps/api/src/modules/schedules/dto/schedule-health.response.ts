import { ApiProperty } from '@nestjs/swagger';
import { lastStatuses } from './schedule.response.js';

/** How a schedule does, without what it says. */
export class ScheduleHealthResponse {
  /** Id of the schedule. */
  id: string;

  /** Its name. */
  name: string;

  /** Whether it runs by itself. */
  enabled: boolean;

  /** When it last ran; null when it never did. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_run_at: string | null;

  /** When it runs next. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  next_run_at: string | null;

  /** How often it ran or was skipped. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647 })
  run_count: number;

  /** How the last run that ended did. */
  @ApiProperty({ enum: lastStatuses, enumName: 'ScheduleLastStatus' })
  last_status: (typeof lastStatuses)[number];

  /** Why it failed, was skipped or is stale; `""` otherwise. */
  @ApiProperty({ type: String, maxLength: 2_000 })
  last_error: string;
}
