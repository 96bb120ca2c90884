import { ApiProperty } from '@nestjs/swagger';
import {
  type CredentialState,
  credentialScopes,
  credentialStates,
  credentialStatuses,
  credentialTypes,
} from '../credentials.types.js';

/** A credential. Its value, refresh token and OAuth secret are never answered, by no operation. */
export class CredentialResponse {
  /** Id of the credential. */
  id: string;

  /** Name, unique among the live credentials of the workspace. */
  name: string;

  /** What it is for. */
  description: string | null;

  /** What the secret is. */
  @ApiProperty({ enum: credentialTypes, enumName: 'CredentialType' })
  type: string;

  /** Provider that the secret belongs to; `NONE` when none. */
  provider: string;

  /** Whether it can be used. Only ACTIVE ones are delivered. */
  @ApiProperty({ enum: credentialStatuses, enumName: 'CredentialStatus' })
  status: string;

  /**
   * How it is, in one word: `ok`; `pending`, without a value yet; `refresh_due`, renewed with the next use; `backing_off`, tried
   * again at `next_refresh_at`; `needs_reauth`, see `reconnect_url`; `expired`, `revoked` or `error`.
   */
  @ApiProperty({ enum: credentialStates, enumName: 'CredentialHealthState' })
  state: CredentialState;

  /** Page on which a person connects it again. Null unless `state` is `needs_reauth`. */
  reconnect_url: string | null;

  /** Who may see and get it. */
  @ApiProperty({ enum: credentialScopes, enumName: 'CredentialScope' })
  scope: string;

  /** The first crew that it is limited to. */
  crew_id: string | null;

  /** Crews that it is limited to. */
  @ApiProperty({ type: [String], maxItems: 10_000 })
  crew_ids: string[];

  /** Name of the account at the provider. */
  account_label: string | null;

  /** Email of the account at the provider. */
  account_email: string | null;

  /** User name that belongs to the secret. */
  username: string | null;

  /** Base URL of an ENDPOINT_URL credential, without its query. Absent for other types. */
  endpoint_url?: string;

  /** Whether the value can be tried out at the provider. */
  testable: boolean;

  /** How carefully the value is to be handled. */
  sensitivity: string;

  /** Security level, from 1 to 4. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, maximum: 4 })
  security_level: number;

  /** The security level in a word. */
  security_level_label: string;

  /** When the secret stops working (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  token_expires_at: string | null;

  /** When its token is renewed next, or tried again after a failure (RFC 3339, UTC). Null for what does not renew itself. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  next_refresh_at: string | null;

  /** When it last proved to work: connected, renewed or tried out (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_ok_at: string | null;

  /**
   * Class of the last failure, null since the last success: `definitive` (the provider refused), or for renewals that are
   * tried again `timeout`, `http_5xx`, `http_4xx`, `rate_limited`, `dns`, `tls`, `unreachable`, `malformed`, `internal`.
   */
  last_error_class: string | null;

  /** When it was last tried out (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_checked_at: string | null;

  /** What the last failure said; null since the last success. */
  last_error: string | null;

  /** When it was last delivered (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  last_used_at: string | null;

  /** Addresses that it was last used from. */
  @ApiProperty({ type: [String], maxItems: 10_000 })
  last_used_ips: string[];

  /** Until when the value before the last rotation is kept for a rollback (RFC 3339, UTC); null when none is. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  previous_value_until: string | null;

  /** Words to find it by. */
  @ApiProperty({ type: [String], maxItems: 10_000 })
  tags: string[];

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  /** Live agents that it is granted to explicitly. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  _count_agent_credentials: number;

  /** Their names. */
  @ApiProperty({ type: [String], maxItems: 10_000 })
  agent_names: string[];

  /** Their ids, in the order of the names. */
  @ApiProperty({ type: [String], maxItems: 10_000 })
  agent_ids: string[];

  /** Whether a binding of a live agent or an MCP server uses it. */
  mcp_used: boolean;

  /** Kind of who made it. */
  created_by_actor_type: string;

  /** Id of who made it. */
  created_by_actor_id: string | null;

  /** Service that it was made for. */
  provisioned_for_service: string | null;
}
