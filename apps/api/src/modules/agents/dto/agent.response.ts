import { ApiProperty } from '@nestjs/swagger';
import { type AgentRole, agentRoles } from '../agents.types.js';

/** The crew of an agent, in short. */
export class AgentCrewResponse {
  /** Name of the crew. */
  name: string;

  /** Short name of the crew. */
  slug: string;

  /** Colour to show. */
  color: string | null;

  /** Style of its avatars. */
  avatar_style: string | null;
}

/** How much an agent has. */
export class AgentCountsResponse {
  /** Skills: always 0 here. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  skills: number;

  /** Live credentials granted to it explicitly. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  credentials: number;

  /** Chats: always 0 here. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  chats: number;
}

/** An agent. Model and container settings are kept for the runtime; nothing here runs them. */
export class AgentResponse {
  /** Id of the agent. */
  id: string;

  /** Id of its crew. */
  crew_id: string | null;

  /** Id of its workspace. */
  workspace_id: string;

  /** Name shown to people. */
  name: string;

  /** Short name, unique among the live agents of the workspace. */
  slug: string;

  /** What the agent is for. */
  description: string | null;

  /** Job title to show. */
  role_title: string | null;

  /** Role in the crew. */
  @ApiProperty({ enum: agentRoles, enumName: 'AgentRole' })
  agent_role: AgentRole;

  /** How a lead works: `active` or `passive`. */
  lead_mode: string | null;

  /** `IDLE`, `RUNNING` or `ERROR`. */
  status: string;

  /** Program that runs the agent. */
  cli_adapter: string;

  /** Provider of the language model. */
  llm_provider: string | null;

  /** Name of the language model. */
  llm_model: string | null;

  /** Instructions of the agent. */
  system_prompt: string | null;

  /** Seed of the generated avatar. */
  avatar_seed: string | null;

  /** Style of the generated avatar. */
  avatar_style: string | null;

  /** URL of the avatar. */
  avatar_url: string | null;

  /** Longest run, in seconds. */
  @ApiProperty({ type: 'integer', format: 'int32', minimum: 0 })
  timeout_seconds: number;

  /** Built-in tools of the agent. */
  tool_profile: string;

  /** Whether the agent remembers across runs. */
  memory_enabled: boolean;

  /** Further tools of the command-line program, as text. */
  cli_tools: string | null;

  /** Cron expression of the schedule. */
  schedule_cron: string | null;

  /** Prompt of scheduled runs. */
  schedule_prompt: string | null;

  /** Whether the schedule is on. */
  schedule_enabled: boolean;

  /** When the schedule last ran (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  schedule_last_run: string | null;

  /** When the schedule runs next (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  schedule_next_run: string | null;

  /** Whether webhook calls must carry a fresh timestamp. */
  webhook_require_timestamp: boolean;

  /** Whether the agent has a webhook secret. Only when one agent is read. */
  webhook_secret_set?: boolean;

  /** Prompts to suggest to people, as text. */
  suggested_prompts: string | null;

  /** Forms that the agent may ask people to fill in, as text. */
  ask_forms: string | null;

  /** MCP servers for the runtime, secrets as `***`. Absent when there are none. */
  mcp_config_json?: string;

  /** Workflow that the agent console requires. */
  workflow_id: string | null;

  /** When it was made (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  created_at: string;

  /** When it was last changed (RFC 3339, UTC). */
  @ApiProperty({ format: 'date-time' })
  updated_at: string;

  /** Its crew. */
  @ApiProperty({ type: () => AgentCrewResponse, nullable: true })
  crew: AgentCrewResponse | null;

  /** What it has. */
  _count: AgentCountsResponse;

  /** User who made it. Absent when unknown. */
  created_by_user_id?: string;

  /** Whether it was hired for a while. */
  ephemeral: boolean;

  /** When it will expire (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expires_at: string | null;

  /** When it expired (RFC 3339, UTC). */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expired_at: string | null;

  /** Lead that hired it. */
  parent_lead_id: string | null;

  /** Why it was hired. */
  hire_reason: string | null;
}
