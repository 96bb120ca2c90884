import { ApiProperty } from '@nestjs/swagger';
import { type ScheduleSource, scheduleSources } from '../schedules.types.js';

/** How the last run ended, as schedules show it; `""` before the first one ended. */
export const lastStatuses = ['', 'ok', 'error', 'skipped', 'stale'] as const;

/** A schedule of a workspace. */
export class ScheduleResponse {
  /** Id of the schedule. */
  id: string;

  /** Id of the workspace. */
  workspace_id: string;

  /** The agent that it is for; null for the workspace's lead agent. */
  agent_id: string | null;

  /** Name, unique in the workspace. */
  name: string;

  /** When it runs, as it was given. */
  @ApiProperty({ type: String, maxLength: 512, example: '0 */6 * * *' })
  cron_expr: string;

  /** The same by its other name. */
  @ApiProperty({ type: String, maxLength: 512, example: '0 */6 * * *' })
  expression: string;

  /** The zone whose wall clock counts, unless the expression names one. */
  @ApiProperty({ type: String, maxLength: 100, example: 'UTC' })
  timezone: string;

  /** What is sent to the agent. */
  @ApiProperty({ type: String, maxLength: 65_536 })
  prompt: string;

  /** Whether it runs by itself. */
  enabled: boolean;

  /** When it last ran; null when it never did. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_run_at: string | null;

  /** When it runs next. In the past while the agent is busy, and of a schedule that is switched off. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  next_run_at: string | null;

  /** The next five moments that its expression names from now on, whether it is switched on or not. */
  @ApiProperty({ type: [String], maxItems: 5, example: ['2026-01-01T06:00:00.000Z'] })
  next_runs: string[];

  /** How often it ran or was skipped. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647 })
  run_count: number;

  /** How the last run that ended did. */
  @ApiProperty({ enum: lastStatuses, enumName: 'ScheduleLastStatus' })
  last_status: (typeof lastStatuses)[number];

  /** Why it failed, was skipped or is stale; `""` otherwise. */
  @ApiProperty({ type: String, maxLength: 2_000 })
  last_error: string;

  /** `template` when it came with an organisation template or a bundle. */
  @ApiProperty({ enum: scheduleSources, enumName: 'ScheduleSource' })
  source: ScheduleSource;

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed or ran (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}
