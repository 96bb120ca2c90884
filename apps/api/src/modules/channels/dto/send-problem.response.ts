import { ApiProperty } from '@nestjs/swagger';
import { ProblemResponse } from '#http';
import { TargetResultResponse } from './sent-message.response.js';

/** Says that no target took a message, with what became of it at each. */
export class SendProblemResponse extends ProblemResponse {
  /** What became of it at each target. */
  @ApiProperty({ type: () => [TargetResultResponse], required: false, maxItems: 100 })
  results?: TargetResultResponse[];
}
