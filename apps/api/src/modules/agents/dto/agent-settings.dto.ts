import { ChoiceField, FlagField, IntegerField, TextField } from '#http';
import {
  type CliAdapter,
  cliAdapters,
  type LeadMode,
  type LlmProvider,
  leadModes,
  llmProviders,
  type ToolProfile,
  toolProfiles,
} from '../agents.types.js';

/** What an agent is beside its name and place. Kept for the runtime; nothing here runs agents. */
export class AgentSettingsDto {
  /** What the agent is for. */
  @TextField({ max: 10_000, nullable: true })
  description?: string | null;

  /** Job title to show. */
  @TextField({ max: 255, nullable: true, example: 'Release engineer' })
  role_title?: string | null;

  /** How a lead works; `active` unless told. Agents that lead nobody have none. */
  @ChoiceField(leadModes, {
    enumName: 'LeadMode',
    nullable: true,
    message: "lead_mode must be 'active' or 'passive'",
  })
  lead_mode?: LeadMode | null;

  /** Program that runs the agent. */
  @ChoiceField(cliAdapters, {
    enumName: 'CliAdapter',
    message: 'cli_adapter must be CLAUDE_CODE, OPENCODE, CODEX_CLI, GEMINI_CLI, CURSOR_CLI, or FACTORY_DROID',
  })
  cli_adapter?: CliAdapter;

  /** Provider of the language model. */
  @ChoiceField(llmProviders, {
    enumName: 'LlmProvider',
    nullable: true,
    message: 'llm_provider must be ANTHROPIC, OPENAI, GOOGLE, CURSOR, FACTORY, or OLLAMA',
  })
  llm_provider?: LlmProvider | null;

  /** Name of the language model. */
  @TextField({ max: 255, nullable: true })
  llm_model?: string | null;

  /** Instructions of the agent. Never written to the audit log. */
  @TextField({ max: 262_144, nullable: true })
  system_prompt?: string | null;

  /** Seed of the generated avatar. */
  @TextField({ max: 255, nullable: true })
  avatar_seed?: string | null;

  /** Style of the generated avatar. */
  @TextField({ max: 255, nullable: true })
  avatar_style?: string | null;

  /** URL of the avatar. */
  @TextField({ max: 2048, nullable: true })
  avatar_url?: string | null;

  /** Longest run, in seconds. */
  @IntegerField({ min: 1, max: 604_800, example: 1800 })
  timeout_seconds?: number;

  /** Built-in tools of the agent. */
  @ChoiceField(toolProfiles, {
    enumName: 'ToolProfile',
    message: 'tool_profile must be MINIMAL, CODING, or FULL',
  })
  tool_profile?: ToolProfile;

  /** Whether the agent remembers across runs. */
  @FlagField()
  memory_enabled?: boolean;

  /** Further tools of the command-line program, as text. */
  @TextField({ max: 65_536, nullable: true })
  cli_tools?: string | null;

  /** Prompts to suggest to people, as text. */
  @TextField({ max: 65_536, nullable: true })
  suggested_prompts?: string | null;

  /** Forms that the agent may ask people to fill in, as text. */
  @TextField({ max: 65_536, nullable: true })
  ask_forms?: string | null;

  /** `{"mcpServers": {…}}` for the runtime. Sealed; strings that look like secrets are shown as `***`, sent back `***` keeps. */
  @TextField({ max: 65_536, nullable: true, example: '{"mcpServers":{"docs":{"url":"https://mcp.example.com/mcp"}}}' })
  mcp_config_json?: string | null;

  /** Whether webhook calls must carry a fresh timestamp. */
  @FlagField()
  webhook_require_timestamp?: boolean;

  /** Workflow that the agent console requires before it configures integrations. Blank counts as none, as null does. */
  @TextField({ max: 255, nullable: true })
  workflow_id?: string | null;
}
