import { ApiProperty } from '@nestjs/swagger';

/** Whether the caller has gone through the first steps. */
export class OnboardingStatusResponse {
  /** True once completed, or once an agent exists in any of the caller’s workspaces. */
  completed: boolean;
}

/** The first steps are marked as done. */
export class OnboardingCompletedResponse {
  /** Always `completed`. */
  @ApiProperty({ enum: ['completed'] })
  status: 'completed';
}

/** What the setup made. */
export class SetupResponse {
  /** Id of the workspace that it worked on. */
  workspace_id: string;

  /** Id of the crew. */
  crew_id: string;

  /** Id of the agent. */
  agent_id: string;

  /** Id of the credential; null when none was sent. */
  credential_id: string | null;
}
