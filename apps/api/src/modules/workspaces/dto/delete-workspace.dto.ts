import { TextField } from '#http';

/** The proof that the workspace is meant. */
export class DeleteWorkspaceDto {
  /** Slug of the workspace that goes. */
  @TextField({ required: true, max: 50, example: 'acme' })
  confirm_slug: string;
}
