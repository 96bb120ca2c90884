import { NameField, TextField } from '#http';
import { CrewSettingsDto } from './crew-settings.dto.js';

/** A new crew. */
export class CreateCrewDto extends CrewSettingsDto {
  /** Name shown to people. */
  @NameField({ required: true, example: 'Platform' })
  name: string;

  /** Short name, unique among the live crews of the workspace. */
  @TextField({
    required: true,
    min: 2,
    max: 50,
    pattern: /^[a-z0-9][a-z0-9_-]*$/,
    message: 'slug must be 2-50 characters',
    patternMessage: 'slug must contain only lowercase letters, numbers, hyphens, and underscores',
    example: 'platform',
  })
  slug: string;
}
