import { ChoiceField, PageQuery } from '#http';
import { type WorkspaceTokenKind, workspaceTokenKinds } from '../workspace-tokens.types.js';

/** Which tokens are wanted. */
export class ListWorkspaceTokensQuery extends PageQuery {
  /** Only tokens of this kind. */
  @ChoiceField(workspaceTokenKinds, { enumName: 'WorkspaceTokenKind' })
  kind?: WorkspaceTokenKind;
}
