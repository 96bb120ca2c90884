import { ChoiceField, IntegerField, TextField, TextListField } from '#http';
import { type WorkspaceTokenKind, workspaceTokenKinds } from '../workspace-tokens.types.js';

/** A new token of a workspace. */
export class CreateWorkspaceTokenDto {
  /** What the token opens. `team`: the agent console. */
  @ChoiceField(workspaceTokenKinds, { required: true, enumName: 'WorkspaceTokenKind', example: 'team' })
  kind: WorkspaceTokenKind;

  /** Name to know it by. */
  @TextField({ max: 100, nullable: true, example: 'Console of the support team' })
  name?: string | null;

  /** What it may do: `integrations:read`, `integrations:write`, or `*` for everything. All of it unless given. */
  @TextListField({ maxItems: 16, maxLength: 64, nullable: true, example: ['integrations:read', 'integrations:write'] })
  scopes?: string[] | null;

  /** Seconds until it ends. Absent: never. */
  @IntegerField({ min: 1, max: 315_360_000, nullable: true, example: 2_592_000 })
  expires_in_seconds?: number | null;
}
