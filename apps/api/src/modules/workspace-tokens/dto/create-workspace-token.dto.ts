import { ChoiceField, IntegerField, TextField, TextListField } from '#http';
import { type WorkspaceTokenKind, workspaceTokenKinds } from '../workspace-tokens.types.js';

/** A new token of a workspace. */
export class CreateWorkspaceTokenDto {
  /** What the token opens. `workspace` (unless given): what agents do in the workspace. `team`: the agent console. */
  @ChoiceField(workspaceTokenKinds, { enumName: 'WorkspaceTokenKind', example: 'workspace' })
  kind?: WorkspaceTokenKind;

  /** Name to know it by. */
  @TextField({ max: 100, nullable: true, example: 'Agent on the build server' })
  name?: string | null;

  /**
   * What it may do. A `workspace` token: `schedules:read`, `schedules:write`, and the same of `channels`, `plugins`, `tokens`,
   * `approvals`, `events`, `deliveries`, `memories` and `workspace`, and `approvals:decide`. A `team` key:
   * `integrations:read`, `integrations:write`. `*` stands for everything of its kind. All of it unless given.
   */
  @TextListField({ maxItems: 16, maxLength: 64, nullable: true, example: ['schedules:read', 'approvals:write'] })
  scopes?: string[] | null;

  /** Seconds until it ends. Absent: never. One that is made by a token ends with that one at the latest. */
  @IntegerField({ min: 1, max: 315_360_000, nullable: true, example: 2_592_000 })
  expires_in_seconds?: number | null;
}
