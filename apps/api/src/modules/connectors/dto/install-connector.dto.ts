import { IdField, TextField } from '#http';
import { type SubmittedFields, SubmittedFieldsField } from './submitted-fields.field.js';

/** An installation to make. */
export class InstallConnectorDto {
  /** Crew that gets the integration; absent or `""` for the workspace. */
  @IdField({ nullable: true })
  crew_id?: string | null;

  /** Name shown to people; the manifest's unless given. */
  @TextField({ max: 255, nullable: true, example: 'GitHub (org)' })
  name?: string | null;

  /** Submitted values by field key. Numbers and booleans count as their text; unknown keys are ignored. */
  @SubmittedFieldsField()
  fields?: SubmittedFields;
}
