import { IdField, PageQuery } from '#http';

/** Which agents to list. */
export class ListAgentsQuery extends PageQuery {
  /** Only agents of this crew. */
  @IdField()
  crew_id?: string;
}
