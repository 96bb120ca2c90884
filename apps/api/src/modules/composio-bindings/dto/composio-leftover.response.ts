import { ApiProperty } from '@nestjs/swagger';
import { ForeignId } from './foreign-id.field.js';

/** An MCP server that is or may be at Composio and that nothing uses any more. */
export class ComposioLeftoverResponse {
  /** Id of its row here. */
  id: string;

  /** Its name at Composio. */
  name: string;

  /** App that it was made for; null for a default connector. */
  toolkit: string | null;

  /** Its id at Composio; null when it is not known whether it was made. */
  @ForeignId()
  mcp_server_id: string | null;

  /** Failed attempts in a row to delete it. */
  @ApiProperty({ type: 'integer' })
  failures: number;

  /** Why the last attempt failed; null before the first. */
  last_error: string | null;

  /** When it is tried again. */
  @ApiProperty({ format: 'date-time' })
  next_attempt_at: string;

  /** When it was made. */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}
