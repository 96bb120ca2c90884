import { ApiProperty } from '@nestjs/swagger';

/** A token that opens one agent's own data and nothing else. It is not stored: who loses it asks for another. */
export class IssuedAgentTokenResponse {
  /** The token: `agtv1.<workspace>.<agent>.<end in unix seconds>.<tag>`. */
  token: string;

  /** Header to send it in. */
  header: string;

  /** Workspace that it is bound to. */
  workspace_id: string;

  /** Agent that it is bound to. */
  agent_id: string;

  /** When it ends (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  expires_at: string;
}
