import { ApiProperty } from '@nestjs/swagger';
import { PaginationResponse } from '#http';
import { type RunStatus, runStatuses } from '../runs.types.js';

/** One run of an agent. */
export class RunResponse {
  /** Id of the run. */
  id: string;

  /** Id of the agent. */
  agent_id: string;

  /** Id of the chat that it belongs to. */
  chat_id: string | null;

  /** Id of the workspace. */
  workspace_id: string;

  /** Who or what started it. */
  triggered_by: string | null;

  /** Type of the trigger. */
  trigger_type: string;

  /** State of the run. */
  @ApiProperty({ enum: runStatuses, enumName: 'RunStatus' })
  status: RunStatus;

  /** Tags of the run. */
  @ApiProperty({ type: [String], maxItems: 100 })
  tags: string[];

  /** When it began to work (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  started_at: string | null;

  /** When it ended (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finished_at: string | null;

  /** What went wrong. */
  error_message: string | null;

  /** Exit code of its process. */
  @ApiProperty({ type: 'integer', format: 'int32', nullable: true })
  exit_code: number | null;

  /** JSON text with further facts. */
  metadata: string | null;

  /** When it was asked for (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** Name of the agent, as it is now. */
  agent_name?: string;

  /** Slug of the agent, as it is now. */
  agent_slug?: string;

  /** Name of the agent’s crew, as it is now. */
  crew_name?: string;
}

/** How a workspace’s runs stand. */
export class RunStatsResponse {
  /** Runs that are at work. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  running: number;

  /** Runs asked for since midnight, UTC. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  today: number;

  /** Runs that failed. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  failed: number;
}

/** One page of runs. */
export class RunPageResponse {
  /** The runs, newest first. */
  @ApiProperty({ type: () => [RunResponse], maxItems: 100 })
  data: RunResponse[];

  /** How all runs of the workspace stand, whatever the filters. */
  stats: RunStatsResponse;

  /** Where the answered runs stand in the list. */
  pagination: PaginationResponse;
}
