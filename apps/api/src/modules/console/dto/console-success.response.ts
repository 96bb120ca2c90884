import { ApiProperty } from '@nestjs/swagger';

/** What every success of the agent console has beside its data. */
export class ConsoleSuccessResponse {
  /** Always `Success`. */
  @ApiProperty({ type: String, enum: ['Success'] })
  message: 'Success';
}
