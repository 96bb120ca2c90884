import { ApiProperty } from '@nestjs/swagger';
import { TargetResultResponse } from './sent-message.response.js';

/** A channel that works, at one target at least. */
export class TestedChannelResponse {
  /** Always `ok`. */
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';

  /** `test message sent` */
  message: string;

  /** What became of the message at each target. */
  results: TargetResultResponse[];
}
