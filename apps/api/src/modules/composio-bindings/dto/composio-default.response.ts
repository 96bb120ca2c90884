import { ApiProperty } from '@nestjs/swagger';
import { ForeignId } from './foreign-id.field.js';

/** The default connector of a workspace. */
export class ComposioDefaultResponse {
  /** Whether the server is armed for it (`COMPOSIO_DEFAULT_CONNECTOR`). */
  enabled_flag: boolean;

  /** Composio user that it is for; empty when unset. */
  @ForeignId()
  default_user_id: string;

  /** Id of its MCP server at Composio; empty when it is not set up. */
  @ForeignId()
  default_mcp_server_id: string;

  /** Composio users with connected accounts, counted now; 0 when Composio does not say. */
  @ApiProperty({ type: 'integer' })
  connected_user_count: number;

  /** True when the key that counts now leads to a project that does not have the server: set it up again. */
  project_changed: boolean;
}
