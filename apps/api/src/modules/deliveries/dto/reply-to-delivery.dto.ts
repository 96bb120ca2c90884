import { TextField } from '#http';

/** What the agent answers. */
export class ReplyToDeliveryDto {
  /** The answer, which goes to whoever the message came from. */
  @TextField({ required: true, max: 65_536, example: 'The report is ready.' })
  text: string;
}
