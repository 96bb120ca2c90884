import { ApiProperty } from '@nestjs/swagger';
import {
  type ScheduleRunStatus,
  type ScheduleTrigger,
  scheduleRunStatuses,
  scheduleTriggers,
} from '../schedules.types.js';

/** What was asked by a run. */
export class ScheduleRunRequestResponse {
  /** Id of the schedule. */
  schedule_id: string;

  /** Its name at the time. */
  schedule_name: string;

  /** Its expression at the time. */
  @ApiProperty({ type: String, maxLength: 512 })
  cron_expr: string;

  /** The beginning of the prompt, at most 200 bytes; absent where nothing was sent. */
  @ApiProperty({ type: String, maxLength: 200, required: false })
  prompt?: string;

  /** True where nothing was sent because the agent was busy; absent otherwise. */
  @ApiProperty({ type: Boolean, required: false })
  skipped?: true;

  /** How many tasks the agent had then; absent where something was sent. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647, required: false })
  active_tasks?: number;
}

/** One run of a schedule. */
export class ScheduleRunResponse {
  /** Id of the run. */
  run_id: string;

  /** When it began (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  timestamp: string;

  /** The moment that the plan named; when it was asked for, for a manual run. */
  @ApiProperty({ format: 'date-time' })
  scheduled_for: string;

  /** When it ended, with the agent's answer where there is one; null while it runs. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finished_at: string | null;

  /** Milliseconds from its beginning to its end; null while it runs. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647, nullable: true })
  duration_ms: number | null;

  /** How it ended. `stale`: the agent answered nothing for the third time in a row, or more. */
  @ApiProperty({ enum: scheduleRunStatuses, enumName: 'ScheduleRunStatus' })
  status: ScheduleRunStatus;

  /** Why it failed, was skipped or is stale; `""` otherwise. */
  @ApiProperty({ type: String, maxLength: 2_000 })
  error_detail: string;

  /** What set it off. */
  @ApiProperty({ enum: scheduleTriggers, enumName: 'ScheduleTrigger' })
  trigger: ScheduleTrigger;

  /** What was asked. */
  @ApiProperty({ type: () => ScheduleRunRequestResponse })
  request: ScheduleRunRequestResponse;

  /** The beginning of the agent's answer; null where there is none. */
  @ApiProperty({ type: String, maxLength: 500, nullable: true })
  response_excerpt: string | null;

  /** The delivery that carried it; null where nothing was sent. */
  delivery_id: string | null;
}
