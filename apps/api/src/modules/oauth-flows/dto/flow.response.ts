import { ApiProperty } from '@nestjs/swagger';
import {
  type FlowDelivery,
  type FlowStatus,
  flowDeliveries,
  flowStatuses,
  type LostTokens,
  lostTokenFates,
} from '../oauth-flows.types.js';

/** Why a flow failed. */
export class FlowFailureResponse {
  /** Stable code of the error that ended it. */
  @ApiProperty({ type: String, maxLength: 100, example: 'oauth.denied' })
  code: string;

  /** What that means, and what to do. */
  @ApiProperty({ type: String, maxLength: 1000 })
  message: string;

  /**
   * What became of tokens that the provider had issued already: `revoked` there, `kept` because the credential has earlier
   * ones that might end with them, `not_supported` or `failed` where it did not take them back. Null when none were issued.
   */
  @ApiProperty({ enum: lostTokenFates, enumName: 'OauthLostTokens', nullable: true })
  issued_tokens: LostTokens | null;
}

/** How an authorization stands. Its state and verifier are never shown again. */
export class FlowResponse {
  /** Id of the flow. */
  id: string;

  /** Its workspace. */
  workspace_id: string;

  /** The credential that is being connected. */
  credential_id: string;

  /** Who started it. */
  user_id: string | null;

  /** `exchanging`: the provider answered, and the tokens are being fetched. */
  @ApiProperty({ enum: flowStatuses, enumName: 'OauthFlowStatus' })
  status: FlowStatus;

  /** How the answer comes back: to our callback, to our listener on this host, or to the initiator’s client. */
  @ApiProperty({ enum: flowDeliveries, enumName: 'OauthFlowDelivery' })
  delivery: FlowDelivery;

  /** Why it failed; null unless it did. */
  @ApiProperty({ type: FlowFailureResponse, nullable: true })
  failure: FlowFailureResponse | null;

  /** The server that it connects, as far as there is one. A drafted one appears on completion. */
  integration_id: string | null;

  /** The one agent that it is for; null for everybody who has the server. */
  agent_id: string | null;

  /** Where the provider sends the browser. */
  @ApiProperty({ type: String, format: 'uri', maxLength: 2048 })
  redirect_uri: string;

  /** When its state stops working. */
  @ApiProperty({ type: String, format: 'date-time' })
  expires_at: string;

  /** When it ended; null while it waits. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finished_at: string | null;

  /** When it was started. */
  @ApiProperty({ type: String, format: 'date-time' })
  created_at: string;
}
