import { ApiProperty } from '@nestjs/swagger';
import { type WorkspaceTokenKind, workspaceTokenKinds } from '../workspace-tokens.types.js';

/** A token of a workspace, without its text. */
export class WorkspaceTokenResponse {
  /** Id of the token. */
  id: string;

  /** What it opens. */
  @ApiProperty({ enum: workspaceTokenKinds, enumName: 'WorkspaceTokenKind' })
  kind: WorkspaceTokenKind;

  /** Name to know it by. */
  name: string | null;

  /** First characters of the text. */
  @ApiProperty({ type: String, maxLength: 16, example: 'sk_4fG7q' })
  prefix: string;

  /** What it may do; `*` stands for everything. */
  @ApiProperty({ type: [String], maxItems: 16, example: ['integrations:read'] })
  scopes: string[];

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it ends; null when it does not. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expires_at: string | null;

  /** When it was last used, to the minute; null when it never was. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_used_at: string | null;
}

/** The live tokens of a workspace. */
export class WorkspaceTokenListResponse {
  /** Newest first. */
  @ApiProperty({ type: () => [WorkspaceTokenResponse], maxItems: 100 })
  tokens: WorkspaceTokenResponse[];

  /** How many of them are on this page. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 100, example: 1 })
  count: number;
}

/** A new token with its text. */
export class CreatedWorkspaceTokenResponse extends WorkspaceTokenResponse {
  /** The token. Shown this once; only its hash is kept. */
  @ApiProperty({ type: String, maxLength: 128, example: 'sk_…' })
  auth_token: string;

  /** Id of the workspace that it belongs to. */
  workspace_id: string;

  /** What to do with it now. */
  @ApiProperty({ type: String, maxLength: 200, example: 'Save this token now — it cannot be retrieved again.' })
  message: string;
}
