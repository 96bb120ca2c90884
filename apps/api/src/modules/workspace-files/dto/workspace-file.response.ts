import { ApiProperty } from '@nestjs/swagger';

/** A file of a workspace's configuration. */
export class WorkspaceFileResponse {
  /** Its id. */
  @ApiProperty({ maxLength: 64 })
  id: string;

  /** Relative path, names joined by `/`. */
  @ApiProperty({ maxLength: 1024, example: 'skills/triage/SKILL.md' })
  path: string;

  /** Size of the content in bytes (UTF-8). */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0, maximum: 2_147_483_647 })
  size_bytes: number;

  /** When it was first stored. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed. */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}

/** A file with its content. */
export class WorkspaceFileContentResponse extends WorkspaceFileResponse {
  /** The text. */
  @ApiProperty({ maxLength: 1_048_576 })
  content: string;
}
