import { ApiProperty } from '@nestjs/swagger';

/** The daemon that would run agents. */
export class CrewshipdResponse {
  /** How it stands: `unreachable`, since none belongs to this instance. */
  @ApiProperty({ enum: ['unreachable'] })
  status: 'unreachable';

  /** Why it stands so. */
  reason: string;
}
