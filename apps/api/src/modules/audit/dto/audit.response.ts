import { ApiProperty } from '@nestjs/swagger';
import { PaginationResponse } from '#http';

/** One change: who did what, to what, and from where. */
export class AuditEntryResponse {
  /** Id of the row. */
  id: string;

  /** Id of the workspace. */
  workspace_id: string;

  /** Id of the person; null for other actors. */
  user_id: string | null;

  /** What kind of caller it was: `user`, `internal`, `instance_admin` or `anonymous`. */
  actor_type: string;

  /** What was done, `noun.verb`. */
  action: string;

  /** What it was done to. */
  entity_type: string;

  /** Id of what it was done to. */
  entity_id: string | null;

  /** JSON text with the changed members; secrets are `***`. */
  metadata: string | null;

  /** Address of the caller. */
  ip_address: string | null;

  /** User agent of the caller. */
  user_agent: string | null;

  /** Id that the answer of the request carried. */
  request_id: string | null;

  /** When it happened (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** Email of the person, as it is now; left out for other actors. */
  user_email?: string;

  /** Full name of the person, as it is now; left out where there is none. */
  user_name?: string;

  /** Name of what it was done to, as it was then; left out where there is none. */
  entity_name?: string;
}

/** One page of the audit log. */
export class AuditPageResponse {
  /** The rows, newest first. */
  @ApiProperty({ type: () => [AuditEntryResponse], maxItems: 100 })
  data: AuditEntryResponse[];

  /** Where they stand in the log. */
  pagination: PaginationResponse;
}
