/** Whether an agent gets anything of Composio. */
export class ComposioOptOutResponse {
  /** Id of the agent. */
  agent_id: string;

  /** True: neither apps of its own nor the default connector. */
  opted_out: boolean;
}
