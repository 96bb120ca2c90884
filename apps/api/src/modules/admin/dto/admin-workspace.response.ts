import { ApiProperty } from '@nestjs/swagger';

/** The workspace with its numbers. */
export class AdminWorkspaceResponse {
  /** Id of the workspace. */
  id: string;

  /** Name shown to people. */
  name: string;

  /** Short name for URLs. */
  slug: string;

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  /** Members. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  _count_members: number;

  /** Live agents. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  _count_agents: number;

  /** Live crews. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  _count_crews: number;
}
