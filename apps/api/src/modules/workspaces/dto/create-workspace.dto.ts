import { NameField, TextField } from '#http';
import { WorkspaceSlugField } from './workspace-fields.js';

/** A new workspace. Its creator becomes the owner. */
export class CreateWorkspaceDto {
  /** Name shown to people. */
  @NameField({ required: true, example: 'Acme' })
  name: string;

  /** Short name for URLs, unique in the instance; a deleted workspace keeps its own. */
  @WorkspaceSlugField({ required: true })
  slug: string;

  /** Language in which agents answer: its English name or its ISO 639 code. */
  @TextField({ max: 64, nullable: true, example: 'Czech' })
  preferred_language?: string | null;
}
