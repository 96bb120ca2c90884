import { NameField, TextField } from '#http';
import { CrewSettingsDto } from './crew-settings.dto.js';

/** Changes of a crew. Absent members stay; null clears a nullable one and counts as absent for the others. */
export class UpdateCrewDto extends CrewSettingsDto {
  /** Name shown to people. */
  @NameField()
  name?: string;

  /** Short name, unique among the live crews of the workspace. */
  @TextField({
    min: 2,
    max: 50,
    pattern: /^[a-z0-9][a-z0-9_-]*$/,
    message: 'slug must be 2-50 characters',
    patternMessage: 'slug must contain only lowercase letters, numbers, underscores, and hyphens',
  })
  slug?: string;
}
