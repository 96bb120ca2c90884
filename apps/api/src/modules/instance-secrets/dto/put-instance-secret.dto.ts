import { TextField } from '#http';

/** A secret of the instance to set. */
export class PutInstanceSecretDto {
  /** Its name: a capital letter, then capital letters, digits and underscores. */
  @TextField({ required: true, max: 128, example: 'ANTHROPIC_API_KEY' })
  key: string;

  /** Its value. It is sealed, and no answer shows it. */
  @TextField({ required: true, max: 65_536, writeOnly: true, example: 'the-value' })
  value: string;
}
