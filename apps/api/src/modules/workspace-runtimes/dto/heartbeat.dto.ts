import { ChoiceField, IntegerField } from '#http';

const reported = ['online', 'offline'] as const;

/** What a running agent says of itself. */
export class HeartbeatDto {
  /** How many tasks it works on at this moment. Believed for ten minutes. */
  @IntegerField({ required: true, min: 0, max: 10_000, example: 0 })
  active_tasks: number;

  /** `offline` as the last word of one that stops. `online` unless given. */
  @ChoiceField(reported, { enumName: 'ReportedWorkspaceStatus' })
  status?: (typeof reported)[number];
}
