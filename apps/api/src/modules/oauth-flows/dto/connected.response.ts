import { ApiProperty } from '@nestjs/swagger';

/** What a finished flow connected. The tokens themselves are never answered. */
export class ConnectedResponse {
  /** Always `ok`: failures answer a problem document. */
  @ApiProperty({ type: String, enum: ['ok'] })
  status: 'ok';

  /** The credential that holds the tokens. */
  credential_id: string;

  /** The flow; null when the client made the authorization request itself. */
  flow_id: string | null;

  /** The server that now uses the credential; null when it was connected for nothing in particular. */
  integration_id: string | null;
}
