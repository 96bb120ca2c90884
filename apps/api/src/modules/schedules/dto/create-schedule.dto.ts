import { BodySentence, FlagField, IdField, TextField } from '#http';

const missing = 'cron_expr and prompt are required';

/** A new schedule of a workspace (seed 004). One of `cron_expr` and `expression` is required, and `prompt`. */
@BodySentence('cron_expr and prompt are required')
export class CreateScheduleDto {
  /**
   * When it runs: minute, hour, day of month, month and day of week, with `*`, `?`, lists, ranges, steps and three-letter
   * names; Sunday is 0. A prefix `TZ=Area/Place` goes before `timezone`.
   */
  @TextField({
    max: 512,
    message: missing,
    tooLong: 'the expression must be at most 512 characters long',
    example: '0 */6 * * *',
  })
  cron_expr?: string | null;

  /** The same by its other name; `cron_expr` wins. */
  @TextField({
    max: 512,
    message: missing,
    tooLong: 'the expression must be at most 512 characters long',
    example: '0 */6 * * *',
  })
  expression?: string | null;

  /** What is sent to the agent. Carriage returns are taken out. */
  @TextField({
    required: true,
    max: 65_536,
    requiredMessage: missing,
    example: 'Summarise what came in since yesterday.',
  })
  prompt: string;

  /** Name, unique in the workspace; one is made up when it is absent or empty. */
  @TextField({ max: 200, nullable: true, example: 'Morning summary' })
  name?: string | null;

  /** IANA name of the zone whose wall clock counts, spelled as there; `Local` is the server's own. */
  @TextField({ max: 100, default: 'UTC', nullable: true, example: 'Europe/Berlin' })
  timezone?: string | null;

  /** Whether it runs by itself. */
  @FlagField({ default: true })
  enabled?: boolean | null;

  /** The agent that it is for; the workspace's lead agent unless given. */
  @IdField({ nullable: true })
  agent_id?: string | null;
}
