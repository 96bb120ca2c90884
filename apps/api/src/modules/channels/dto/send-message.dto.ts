import { BodySentence, TextField } from '#http';

// No platform takes a text without a character to be seen.
const blank = 'text is required';

/** A message to send. */
@BodySentence('text is required')
export class SendMessageDto {
  /** Text in Markdown. Platforms that take less at once get it in parts. */
  @TextField({
    max: 40_000,
    pattern: /\S/,
    patternMessage: blank,
    required: true,
    requiredMessage: blank,
    example: 'The build is green.',
  })
  text: string;
}
