import { ApiProperty } from '@nestjs/swagger';
import { type WorkspaceStatus, workspaceStatuses } from '../workspace-runtimes.types.js';

/** What a running agent does itself, as its last heartbeat said. */
export class WorkspaceCapabilitiesResponse {
  /** It keeps its own time: while its last heartbeat is younger than ten minutes, its schedules are not fired here. */
  @ApiProperty({ type: Boolean, example: false })
  scheduler: boolean;
}

/** What a workspace is as a running agent. */
export class WorkspaceRuntimeResponse {
  /** Id of the workspace. */
  workspace_id: string;

  /** The workspace above it, where approvals escalate to; null for a root. */
  parent_id: string | null;

  /** What it is there for, in a few words. */
  role: string | null;

  /** How far it is trusted: 0 (least) to 4. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 4, example: 1 })
  tier: number;

  /** Name of the software that runs it. */
  @ApiProperty({ type: String, maxLength: 64, example: 'langgraph' })
  runtime: string;

  /** The model that it uses unless an agent says otherwise. */
  model: string | null;

  /** `awaiting_agent`: made by an import, and no agent has reported yet. */
  @ApiProperty({ enum: workspaceStatuses, enumName: 'WorkspaceRuntimeStatus' })
  status: WorkspaceStatus;

  /** How many tasks it works on at once; while it has as many, schedules wait. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, maximum: 1000, example: 1 })
  max_concurrent_tasks: number;

  /** As the last heartbeat said. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 10_000, example: 0 })
  active_tasks: number;

  /** When the agent last reported (RFC 3339, UTC); null when it never did. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_heartbeat_at: string | null;

  /** What it does itself. */
  @ApiProperty({ type: WorkspaceCapabilitiesResponse })
  capabilities: WorkspaceCapabilitiesResponse;
}

/** The heartbeat was noted. */
export class HeartbeatResponse {
  /** Always `ok`. */
  @ApiProperty({ type: String, enum: ['ok'] })
  status: 'ok';
}
