import { ApiProperty } from '@nestjs/swagger';

/** A live browser session of the caller. */
export class SessionResponse {
  /** Id of the session. */
  id: string;

  /** When its user signed in (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last used, to the minute (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  last_used_at: string;

  /** What the browser called itself at sign-in; absent when it did not. */
  user_agent?: string;

  /** Address that signed in; absent when it is not known. */
  ip?: string;

  /** Whether this request was made with it. */
  is_current: boolean;
}
