import { ApiProperty } from '@nestjs/swagger';

const nextSteps = ['', 'mcp_oauth'] as const;

/** A server of the registry that is an integration now. */
export class InstalledRegistryServerResponse {
  /** Id of the workspace's integration, or of the crew's. */
  integration_id: string;

  /** `mcp_oauth`: the server refused us for want of an OAuth token, so somebody has to connect it. "": nothing. */
  @ApiProperty({ enum: nextSteps, enumName: 'InstallNextStep' })
  next_step: (typeof nextSteps)[number];
}
