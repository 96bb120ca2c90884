import { ApiProperty } from '@nestjs/swagger';
import { type GrantSource, grantSources } from '../agent-credentials.types.js';

/** A credential that an agent gets. Values are not shown. */
export class AgentCredentialResponse {
  /** Id of the grant; "" for one that follows from a crew or a binding. */
  id: string;

  /** Id of the agent. */
  agent_id: string;

  /** Id of the credential. */
  credential_id: string;

  /** Name of the credential. */
  credential_name: string;

  /** What the secret is. */
  credential_type: string;

  /** Provider that the secret belongs to. */
  credential_provider: string;

  /** Whether it can be used; only ACTIVE ones are delivered. */
  credential_status: string;

  /** Environment variable that carries the value. */
  env_var_name: string;

  /** Which of several comes first: higher wins. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: -1_000_000, maximum: 1_000_000 })
  priority: number;

  /** Since when (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** Until when (RFC 3339, UTC). Absent when it does not end. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  expires_at?: string;

  /** Whether it has ended. */
  expired: boolean;

  /** What ends it: `ttl`. Absent when it does not end. */
  lease_source?: string;

  /** When its time began (RFC 3339, UTC). Absent when it does not end. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  lease_issued_at?: string;

  /** Why the agent gets it. */
  @ApiProperty({ enum: grantSources, enumName: 'GrantSource' })
  grant_source: GrantSource;
}
