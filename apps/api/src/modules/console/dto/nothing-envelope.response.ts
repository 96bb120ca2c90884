import { ApiProperty } from '@nestjs/swagger';
import { ConsoleSuccessResponse } from './console-success.response.js';

/** A success without data. */
export class NothingEnvelopeResponse extends ConsoleSuccessResponse {
  /** Always null. */
  @ApiProperty({ type: 'null' })
  data: null;
}
