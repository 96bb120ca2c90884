import { ChoiceField, PageQuery, TextField } from '#http';
import { type MemoryScope, memoryScopes } from '../workspace-memories.types.js';

/** Which memories to list. */
export class ListWorkspaceMemoriesQuery extends PageQuery {
  /** Only those that are shared so. */
  @ChoiceField(memoryScopes, { enumName: 'MemoryScope' })
  scope?: MemoryScope;

  /** Only those of this group. */
  @TextField({ max: 100 })
  namespace?: string;
}
