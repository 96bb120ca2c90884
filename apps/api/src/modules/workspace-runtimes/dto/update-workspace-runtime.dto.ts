import { IdField, IntegerField, TextField } from '#http';

/** Changes of a workspace's runtime. Absent members stay; null clears a nullable one. */
export class UpdateWorkspaceRuntimeDto {
  /**
   * The workspace above it, by id: one that you manage too, as the one before. Approvals escalate there, and its plugin
   * allow-list holds here.
   */
  @IdField({ nullable: true })
  parent_id?: string | null;

  /** What it is there for, in a few words. */
  @TextField({ max: 500, nullable: true, example: 'Answers questions of customers' })
  role?: string | null;

  /** How far it is trusted: 0 (least) to 4. */
  @IntegerField({ min: 0, max: 4, example: 2 })
  tier?: number;

  /** Name of the software that runs it; plugins are filtered by it. */
  @TextField({ max: 64, pattern: /^[a-z0-9][a-z0-9_-]*$/, example: 'langgraph' })
  runtime?: string;

  /** The model that it uses unless an agent says otherwise. */
  @TextField({ max: 200, nullable: true, example: 'anthropic:claude-opus-4-7' })
  model?: string | null;

  /** How many tasks it works on at once; while it has as many, schedules wait. */
  @IntegerField({ min: 1, max: 1_000, example: 1 })
  max_concurrent_tasks?: number;
}
