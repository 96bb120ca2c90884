import { ApiProperty } from '@nestjs/swagger';

/** The keeper, which would judge the agents’ requests for credentials. */
export class KeeperResponse {
  /** Whether there is one: never here. */
  enabled: boolean;

  /** How it stands. */
  @ApiProperty({ enum: ['disabled'] })
  status: 'disabled';

  /** Why it stands so. */
  reason: string;
}
