import { BodySentence, FlagField, IdField, TextField } from '#http';

/** Changes of a schedule. Absent members stay, and so do those that are null, apart from `agent_id`. */
@BodySentence('invalid JSON')
export class UpdateScheduleDto {
  /** When it runs. A change sets the next run anew, from now. */
  @TextField({ max: 512, example: '0 */6 * * *' })
  cron_expr?: string | null;

  /** The same by its other name; `cron_expr` wins. */
  @TextField({ max: 512, example: '0 */6 * * *' })
  expression?: string | null;

  /** IANA name of the zone whose wall clock counts. A change sets the next run anew, from now. */
  @TextField({ max: 100, example: 'Europe/Berlin' })
  timezone?: string | null;

  /** What is sent to the agent. Carriage returns are taken out. */
  @TextField({ max: 65_536 })
  prompt?: string | null;

  /** Name, unique in the workspace; one is made up when it is empty. */
  @TextField({ max: 200, example: 'Morning summary' })
  name?: string | null;

  /** Whether it runs by itself. Switched on again, it runs at its next moment from now: what was missed stays missed. */
  @FlagField()
  enabled?: boolean | null;

  /** The agent that it is for; null or `""` for the workspace's lead agent. */
  @IdField({ nullable: true })
  agent_id?: string | null;
}
