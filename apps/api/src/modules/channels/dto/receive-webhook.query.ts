import { IdField } from '#http';

/** What the address that a platform was given may add. */
export class ReceiveWebhookQuery {
  /** Id of the channel that the address was made for. It only says where to look: the signature proves. */
  @IdField()
  channel?: string;
}
