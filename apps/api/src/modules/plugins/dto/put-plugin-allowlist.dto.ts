import { TextField, TextListField } from '#http';

/** The list that takes the place of the one before. */
export class PutPluginAllowlistDto {
  /** Names of plugins; an empty list allows every plugin. */
  @TextListField({ required: true, maxItems: 1_000, maxLength: 128, example: ['review-plugin'] })
  plugins: string[];

  /** Who answers for the list. */
  @TextField({ required: true, max: 255, message: 'enabled_by is required', example: 'security@example.com' })
  enabled_by: string;
}
