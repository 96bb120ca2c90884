import { ApiProperty } from '@nestjs/swagger';
import { StartedFlowResponse } from './started-flow.response.js';

/** The connection waits for somebody to approve it. */
export class AutoConnectAuthorizeResponse extends StartedFlowResponse {
  /** Always `authorize`: send the browser to `auth_url`. */
  @ApiProperty({ type: String, enum: ['authorize'] })
  status: 'authorize';

  /** The credential that will hold the tokens. It goes when nobody approves. */
  credential_id: string;
}

/** Somebody has to register an app at the provider first, and call again with its client id. */
export class AutoConnectNeedsClientResponse {
  /** Always `needs_client_id`. */
  @ApiProperty({ type: String, enum: ['needs_client_id'] })
  status: 'needs_client_id';

  /** The provider's authorization endpoint. */
  @ApiProperty({ type: String, format: 'uri', maxLength: 2048 })
  auth_url: string;

  /** The provider's token endpoint. */
  @ApiProperty({ type: String, format: 'uri', maxLength: 2048 })
  token_url: string;

  /** The scopes that would be asked for, separated by spaces. */
  @ApiProperty({ type: String, maxLength: 4096 })
  scopes: string;

  /** What to do. */
  @ApiProperty({ type: String, maxLength: 500 })
  message: string;
}
