import { ApiProperty } from '@nestjs/swagger';

/** What became of the leftovers, at most 50 of which are tried in one request. */
export class RetriedLeftoversResponse {
  /** Deleted at Composio, or gone there already. */
  @ApiProperty({ type: 'integer' })
  removed: number;

  /** Still there as far as is known; the list says why. */
  @ApiProperty({ type: 'integer' })
  kept: number;
}
