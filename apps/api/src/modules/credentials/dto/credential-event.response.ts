import { ApiProperty } from '@nestjs/swagger';

/** One entry of a credential's timeline. */
export class CredentialEventResponse {
  /** Id of the entry. */
  id: string;

  /** Id of the credential. */
  credential_id: string;

  /**
   * What happened: `CREATED`, `UPDATED`, `ROTATE`, `ROLLBACK`, `REVOKE`, `TEST`, `GRANTED`, `UNGRANTED`, `CONNECTED`,
   * `REFRESHED`, `NEEDS_REAUTH`, `DELETED`, …
   */
  event_type: string;

  /** User who did it. */
  actor_user_id: string | null;

  /** Agent that it concerns. */
  agent_id: string | null;

  /** Address that it came from. */
  ip_address: string | null;

  /** Further facts; never a value. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  metadata: Record<string, unknown> | null;

  /** When it happened (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  occurred_at: string;
}
