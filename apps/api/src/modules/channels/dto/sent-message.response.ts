import { ApiProperty } from '@nestjs/swagger';

/** What became of a message at one target. */
export class TargetResultResponse {
  /** Chat, or `webhook` where the platform gives the channel one address. */
  target: string;

  /** Whether the platform took it. */
  ok: boolean;

  /** What went wrong; null when it went well. */
  error: string | null;
}

/** A message that at least one target took. */
export class SentMessageResponse {
  /** Always `sent`. */
  @ApiProperty({ enum: ['sent'] })
  status: 'sent';

  /** What became of it at each target. */
  results: TargetResultResponse[];
}
