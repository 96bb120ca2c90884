import { ApiProperty } from '@nestjs/swagger';

/** Says that a schedule's prompt is on its way. */
export class FiredScheduleResponse {
  /** Always `fired`. */
  @ApiProperty({ enum: ['fired'], enumName: 'FiredStatus' })
  status: 'fired';

  /** Id of the workspace. */
  workspace_id: string;

  /** What is sent to the agent. */
  @ApiProperty({ type: String, maxLength: 65_536 })
  prompt: string;

  /** Id of the run: the history shows it as `run_id`. */
  run_id: string;
}
