import { ChoiceField, TextField } from '#http';
import { setupAdapters, setupProviders } from '../onboarding.types.js';

/** The guided setup: the first crew with its agent, and what they need. */
export class SetupDto {
  /** New name of the workspace. */
  @TextField({ min: 2, max: 100, nullable: true, message: 'workspace_name must be 2-100 characters', example: 'Acme' })
  workspace_name?: string | null;

  /** Name of the crew; its slug is made of it. */
  @TextField({
    required: true,
    min: 2,
    max: 100,
    requiredMessage: 'crew_name is required',
    message: 'crew_name must be 2-100 characters',
    example: 'Engineering',
  })
  crew_name: string;

  /** Name of the agent, who leads the crew; its slug is made of it. */
  @TextField({
    required: true,
    min: 2,
    max: 100,
    requiredMessage: 'agent_name is required',
    message: 'agent_name must be 2-100 characters',
    example: 'Ada',
  })
  agent_name: string;

  /** Command-line program that runs the agent. */
  @ChoiceField(setupAdapters, {
    enumName: 'CliAdapter',
    default: 'CLAUDE_CODE',
    message: 'cli_adapter must be CLAUDE_CODE, OPENCODE, CODEX_CLI, GEMINI_CLI, CURSOR_CLI, or FACTORY_DROID',
  })
  cli_adapter?: (typeof setupAdapters)[number];

  /** Provider of the agent’s language model. */
  @ChoiceField(setupProviders, {
    enumName: 'LlmProvider',
    message: 'llm_provider must be ANTHROPIC, OPENAI, GOOGLE, CURSOR, FACTORY, or OLLAMA',
  })
  llm_provider?: (typeof setupProviders)[number];

  /** Name of the agent’s language model. */
  @TextField({ max: 255, nullable: true })
  llm_model?: string | null;

  /** Name of the credential; made of the provider unless given. */
  @TextField({ max: 255, nullable: true, example: 'anthropic' })
  credential_name?: string | null;

  /** Secret for the provider. Without it no credential is made. */
  @TextField({ max: 65_536, nullable: true, writeOnly: true, format: 'password' })
  credential_value?: string | null;

  /** Crew template to begin with. This instance has none, so only an empty one is taken. */
  @TextField({ max: 50, nullable: true })
  crew_template_slug?: string | null;

  /** Language in which agents answer: its English name or its ISO 639 code. */
  @TextField({ max: 64, nullable: true, example: 'Czech' })
  preferred_language?: string | null;
}
