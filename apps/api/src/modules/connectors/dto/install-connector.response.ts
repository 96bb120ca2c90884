import { ApiProperty } from '@nestjs/swagger';

const nextSteps = ['', 'oauth', 'mcp_oauth'] as const;

/** An installation that was made (seed 001, "Install Connector"). */
export class InstallConnectorResponse {
  /** Id of the integration. */
  integration_id: string;

  /** "" when it is complete; `oauth`: open `oauth_url`; `mcp_oauth`: open `connect_url`, or hand over to auto-connect. */
  @ApiProperty({ enum: nextSteps, enumName: 'InstallNextStep' })
  next_step: (typeof nextSteps)[number];

  /** Where the person approves. Only when `next_step` is `oauth`. */
  @ApiProperty({ format: 'uri', required: false })
  oauth_url?: string;

  /** Where the person approves, when the server of a `mcp_oauth` connector could be asked at once. */
  @ApiProperty({ format: 'uri', required: false })
  connect_url?: string;

  /** The authorization that waits for the person. */
  flow_id?: string;

  /** Credential that the authorization fills. */
  credential_id?: string;
}
