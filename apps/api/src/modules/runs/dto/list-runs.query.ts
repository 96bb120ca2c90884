import { ChoiceField, IdField, NumberedPageQuery, TextField } from '#http';
import { type RunStatus, runStatuses } from '../runs.types.js';

/** Which runs are wanted. */
export class ListRunsQuery extends NumberedPageQuery {
  /** Only runs in this state. */
  @ChoiceField(runStatuses, { enumName: 'RunStatus' })
  status?: RunStatus;

  /** Only runs of this agent. */
  @IdField()
  agent_id?: string;

  /** Only runs that such a trigger started, for example `schedule`. */
  @TextField({ max: 64, example: 'schedule' })
  trigger?: string;

  /** Only runs with this tag. */
  @TextField({ max: 64 })
  tag?: string;
}
