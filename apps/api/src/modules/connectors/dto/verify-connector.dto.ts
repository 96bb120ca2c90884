import { type SubmittedFields, SubmittedFieldsField } from './submitted-fields.field.js';

/** Values to try before an installation. */
export class VerifyConnectorDto {
  /** Submitted values by field key. Numbers and booleans count as their text; unknown keys are ignored. */
  @SubmittedFieldsField()
  fields?: SubmittedFields;
}
