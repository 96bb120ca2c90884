import { TextField } from '#http';

/** A message to send. */
export class SendMessageDto {
  /** Text in Markdown. Platforms that take less at once get it in parts. */
  @TextField({ max: 40_000, required: true, requiredMessage: 'text is required', example: 'The build is green.' })
  text: string;
}
