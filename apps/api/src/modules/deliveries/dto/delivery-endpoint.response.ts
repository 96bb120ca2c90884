import { ApiProperty } from '@nestjs/swagger';
import { type DeliveryProtocol, deliveryProtocols } from '../deliveries.types.js';

/** Where deliveries are posted to. */
export class DeliveryEndpointResponse {
  /** Id of the endpoint. */
  id: string;

  /** Id of the workspace. */
  workspace_id: string;

  /** The agent whose endpoint it is; null for the workspace's. */
  agent_id: string | null;

  /** The address. */
  url: string;

  /** `event`: our signed envelope; `a2a`: the JSON-RPC object of A2A's `message/send` as it is. Both are signed in headers. */
  @ApiProperty({ enum: deliveryProtocols, enumName: 'DeliveryProtocol' })
  protocol: DeliveryProtocol;

  /** The events that are delivered beside messages. Empty: those of approvals, plugins and provisioning. */
  event_types: string[];

  /** Since when nothing is posted there (RFC 3339, UTC); null while it is in use. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  disabled_at: string | null;

  /** Why it was disabled. */
  disabled_reason: string | null;

  /** Key of the signatures: HMAC-SHA256 over `<X-Delivery-Timestamp>.<body>`. Only when it is new. */
  secret?: string;

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last set (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}
