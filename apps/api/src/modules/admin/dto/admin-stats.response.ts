import { ApiProperty } from '@nestjs/swagger';

/** Numbers of the workspace. */
export class AdminStatsResponse {
  /** Always 1: the numbers are of one workspace. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, maximum: 1 })
  workspaces: number;

  /** Members. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  users: number;

  /** Live crews. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  crews: number;

  /** Live agents. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  agents: number;

  /** Live agents that are at work. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  running: number;
}
