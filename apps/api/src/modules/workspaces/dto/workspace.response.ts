import { ApiProperty } from '@nestjs/swagger';
import { type WorkspaceRole, workspaceRoles } from '#kernel';

/** How much a workspace holds. */
export class WorkspaceCountsResponse {
  /** Live crews. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  crews: number;

  /** Live agents. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  agents: number;

  /** Members. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  members: number;
}

/** A workspace. */
export class WorkspaceResponse {
  /** Id of the workspace. */
  id: string;

  /** Name shown to people. */
  name: string;

  /** Short name for URLs; accepted wherever an id is. */
  slug: string;

  /** Address of its logo. */
  logo_url: string | null;

  /** Language in which agents answer, as it was given. */
  preferred_language: string | null;

  /** Whether crews with privileged containers may be given credentials. */
  allow_privileged_credentials: boolean;

  /** Days that runs are kept; null: for good. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, nullable: true })
  run_retention_days: number | null;

  /** Days that the credentials' own timeline is kept; null: for good. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, nullable: true })
  credential_audit_retention_days: number | null;

  /** Days that audit rows are kept; null: for good. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, nullable: true })
  audit_log_retention_days: number | null;

  /** Most console integrations; null: no limit. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, nullable: true })
  integration_limit: number | null;

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  /** Role of the caller; not in the answers of changes. */
  @ApiProperty({ enum: workspaceRoles, enumName: 'WorkspaceRole', required: false })
  currentUserRole?: WorkspaceRole;

  /** Single actions that the caller has beyond the role; not in the answers of changes. */
  @ApiProperty({ type: [String], required: false, maxItems: 100 })
  currentUserCapabilities?: string[];

  /** How much it holds; not in the answers of changes. */
  @ApiProperty({ type: () => WorkspaceCountsResponse, required: false })
  _count?: WorkspaceCountsResponse;

  /** Live crews, left out when there are none. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, required: false })
  _count_crews?: number;

  /** Live agents, left out when there are none. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, required: false })
  _count_agents?: number;

  /** Members, left out when there are none. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, required: false })
  _count_members?: number;
}
