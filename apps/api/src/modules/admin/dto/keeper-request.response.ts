import { ApiProperty } from '@nestjs/swagger';

/** What the keeper decided. */
export const keeperDecisions = ['pending', 'allowed', 'denied'] as const;

/** One request of an agent for a credential, as the keeper judged it. */
export class KeeperRequestResponse {
  /** Id of the request. */
  id: string;

  /** Id of the workspace. */
  workspace_id: string;

  /** Id of the agent that asked. */
  agent_id: string;

  /** Id of the credential that it asked for. */
  credential_id: string;

  /** Why it asked, in its own words. */
  intent: string | null;

  /** What the keeper decided. */
  @ApiProperty({ enum: keeperDecisions, enumName: 'KeeperDecision' })
  decision: (typeof keeperDecisions)[number];

  /** Why the keeper decided so. */
  reason: string | null;

  /** When it asked (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;
}
