import { ChoiceField, TextField } from '#http';
import { type MemoryScope, memoryScopes } from '../workspace-memories.types.js';

/** Something for a workspace to remember. */
export class CreateWorkspaceMemoryDto {
  /** The text, at most 100000 bytes. What looks like a secret in it is stored as `***`. */
  @TextField({ required: true, max: 100_000, example: 'Releases are cut on Thursdays.' })
  content: string;

  /** Who shares it. */
  @ChoiceField(memoryScopes, { enumName: 'MemoryScope', default: 'LOCAL' })
  scope?: MemoryScope;

  /** What groups it with others; `general` unless told. */
  @TextField({ max: 100, pattern: /^[\w.:/-]*$/, default: 'general' })
  namespace?: string;
}
