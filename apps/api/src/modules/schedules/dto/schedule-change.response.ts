import { ApiProperty } from '@nestjs/swagger';

/** Says that a schedule was made or changed, and when it runs now. */
export class ScheduleChangeResponse {
  /** Id of the schedule. */
  id: string;

  /** What was done. */
  @ApiProperty({ enum: ['created', 'updated'], enumName: 'ScheduleChange' })
  status: 'created' | 'updated';

  /** Its name, also where one was made up. */
  name: string;

  /** When it runs next, also while it is switched off. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  next_run_at: string | null;

  /** The next five moments that its expression names. */
  @ApiProperty({ type: [String], maxItems: 5, example: ['2026-01-01T06:00:00.000Z'] })
  next_runs: string[];
}
