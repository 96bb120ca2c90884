import { ApiProperty } from '@nestjs/swagger';

const outcomes = ['accepted', 'triggered', 'ignored'] as const;

/** What became of an event of GitHub. */
export class GithubReceiptResponse {
  /** `accepted`: with the agent; `triggered`: schedules were set off; `ignored`: see `reason`. */
  @ApiProperty({ enum: outcomes, enumName: 'GithubOutcome' })
  status: (typeof outcomes)[number];

  /** Why it was ignored. */
  reason?: string;

  /** Name of the event. */
  event?: string;

  /** What happened to its subject. */
  action?: string;

  /** How many schedules were set off. */
  @ApiProperty({ type: 'integer', format: 'int32', required: false })
  schedules_affected?: number;

  /** Delivery that takes it to the agent. */
  delivery_id?: string;
}
