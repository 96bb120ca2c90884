import { ChoiceField, FlagField, IntegerField, ObjectField } from '#http';

const reported = ['online', 'offline'] as const;

/** What a running agent can do that is otherwise done for it. */
export class HeartbeatCapabilitiesDto {
  /** It keeps its own time: its schedules are planned here and not fired, apart from `run`. Believed for ten minutes. */
  @FlagField({ example: false })
  scheduler?: boolean;
}

/** What a running agent says of itself. */
export class HeartbeatDto {
  /** How many tasks it works on at this moment. Believed for ten minutes. */
  @IntegerField({ required: true, min: 0, max: 10_000, example: 0 })
  active_tasks: number;

  /** `offline` as the last word of one that stops. `online` unless given. */
  @ChoiceField(reported, { enumName: 'ReportedWorkspaceStatus' })
  status?: (typeof reported)[number];

  /** What it does itself. Told with every heartbeat: what one leaves out is done here from then on. */
  @ObjectField(HeartbeatCapabilitiesDto, { nullable: true })
  capabilities?: HeartbeatCapabilitiesDto | null;
}
