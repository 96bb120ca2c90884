import { ChoiceField, IdField, NameField, TextField } from '#http';
import { type AgentRole, agentRoles } from '../agents.types.js';
import { AgentSettingsDto } from './agent-settings.dto.js';

/** A new agent. */
export class CreateAgentDto extends AgentSettingsDto {
  /** Name shown to people. */
  @NameField({ required: true, example: 'Release bot' })
  name: string;

  /** Short name, unique among the live agents of the workspace. */
  @TextField({
    required: true,
    min: 2,
    max: 50,
    pattern: /^[a-z0-9][a-z0-9_-]*$/,
    message: 'slug must be 2-50 characters',
    patternMessage: 'slug must contain only lowercase letters, numbers, and hyphens',
    example: 'release-bot',
  })
  slug: string;

  /** Crew that the agent joins; none when absent, null or "". A role in the crew may raise the caller's own. */
  @IdField({ nullable: true, message: 'Invalid crew_id' })
  crew_id?: string | null;

  /** Role in the crew. A crew has at most one live LEAD. */
  @ChoiceField(agentRoles, {
    enumName: 'AgentRole',
    default: 'AGENT',
    message: 'agent_role must be AGENT or LEAD',
  })
  agent_role?: AgentRole;
}
