import { ApiProperty } from '@nestjs/swagger';

/** Whether a schedule keeps its time. */
export const punctualities = ['ok', 'stale', 'never_run'] as const;

/** One of {@link punctualities}. */
export type Punctuality = (typeof punctualities)[number];

/** How a schedule of any workspace does. */
export class AdminScheduleHealthResponse {
  /** Id of the workspace. */
  workspace_id: string;

  /** Name of the workspace. */
  workspace_name: string;

  /** Id of the schedule. */
  schedule_id: string;

  /** Its name. */
  schedule_name: string;

  /** When it runs. */
  @ApiProperty({ type: String, maxLength: 512 })
  cron_expr: string;

  /** When it last ran; null when it never did. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_run_at: string | null;

  /** When it runs next. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expected_next_run: string | null;

  /** `stale` when the last run is longer ago than the threshold. */
  @ApiProperty({ enum: punctualities, enumName: 'SchedulePunctuality' })
  status: Punctuality;

  /** Twice the time between its next two runs, in seconds; 0 when it has not two any more. */
  @ApiProperty({ type: 'integer', format: 'int64', minimum: 0, maximum: 9_007_199_254_740_991 })
  stale_threshold_seconds: number;
}
