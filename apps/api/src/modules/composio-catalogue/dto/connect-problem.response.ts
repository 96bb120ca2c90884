import { ProblemResponse } from '#http';
import { UpstreamText } from './upstream-text.field.js';

/** Why connecting failed. */
export class ComposioConnectProblemResponse extends ProblemResponse {
  /** Id of the auth config that was made for it at Composio and stays. Absent when none was made. */
  @UpstreamText({ optional: true })
  auth_config_id?: string;
}
