import { ApiProperty } from '@nestjs/swagger';

/** An authorization that waits for somebody to approve it. */
export class StartedFlowResponse {
  /** Where the browser goes to approve. */
  @ApiProperty({ type: String, format: 'uri', maxLength: 8192 })
  auth_url: string;

  /** The flow's state: 256 random bits in hexadecimal, good for one answer within ten minutes. */
  @ApiProperty({ type: String, minLength: 64, maxLength: 64 })
  state: string;

  /** Id of the flow, to look at how it stands. */
  flow_id: string;

  /** When the state stops working. */
  @ApiProperty({ type: String, format: 'date-time' })
  expires_at: string;
}
