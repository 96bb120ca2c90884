import { ChoiceField, FlagField, TextField, TextListField } from '#http';
import { type DeliveryProtocol, deliveryProtocols } from '../deliveries.types.js';

/** Where deliveries are to be posted. Replaces what was set, apart from the secret. */
export class PutDeliveryEndpointDto {
  /** The address: public https, unless the operator allows its host. */
  @TextField({ required: true, max: 2_048, format: 'uri', example: 'https://agents.example.com/crewship' })
  url: string;

  /** `event` unless given. Agent messages alone go to `a2a`. */
  @ChoiceField(deliveryProtocols, { enumName: 'DeliveryProtocol' })
  protocol?: DeliveryProtocol;

  /** The events to deliver beside messages, by name. Absent or empty: those of approvals, plugins and provisioning. */
  @TextListField({ maxItems: 100, maxLength: 64, example: ['APPROVAL_DECIDED'] })
  event_types?: string[];

  /** Make a new signing secret; the old one stops counting at once. */
  @FlagField()
  rotate_secret?: boolean;
}
