import { ChoiceField, IdField, NameField, TextField } from '#http';
import { type AgentRole, agentRoles } from '../agents.types.js';
import { AgentSettingsDto } from './agent-settings.dto.js';

/** Changes of an agent. Absent members stay; null clears a nullable one and counts as absent for the others. */
export class UpdateAgentDto extends AgentSettingsDto {
  /** Name shown to people. */
  @NameField()
  name?: string;

  /** Short name, unique among the live agents of the workspace. */
  @TextField({
    min: 2,
    max: 50,
    pattern: /^[a-z0-9][a-z0-9_-]*$/,
    message: 'slug must be 2-50 characters',
    patternMessage: 'slug must contain only lowercase letters, numbers, and hyphens',
  })
  slug?: string;

  /** Crew to move to; null takes the agent out of its crew. What it said of the old crew's servers goes. */
  @IdField({ nullable: true, message: 'Invalid crew_id' })
  crew_id?: string | null;

  /** Role in the crew. Making an agent LEAD makes the previous lead an AGENT. */
  @ChoiceField(agentRoles, { enumName: 'AgentRole', message: 'agent_role must be AGENT or LEAD' })
  agent_role?: AgentRole;
}
