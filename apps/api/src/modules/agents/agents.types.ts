/** Roles of an agent in its crew. */
export const agentRoles = ['AGENT', 'LEAD'] as const;

/** One of {@link agentRoles}. */
export type AgentRole = (typeof agentRoles)[number];

/** How a lead works: `active` hands out work by itself, `passive` answers when asked. */
export const leadModes = ['active', 'passive'] as const;

/** One of {@link leadModes}. */
export type LeadMode = (typeof leadModes)[number];

/** Command-line programs that run an agent. */
export const cliAdapters = [
  'CLAUDE_CODE',
  'OPENCODE',
  'CODEX_CLI',
  'GEMINI_CLI',
  'CURSOR_CLI',
  'FACTORY_DROID',
] as const;

/** One of {@link cliAdapters}. */
export type CliAdapter = (typeof cliAdapters)[number];

/** Providers of language models. */
export const llmProviders = ['ANTHROPIC', 'OPENAI', 'GOOGLE', 'CURSOR', 'FACTORY', 'OLLAMA'] as const;

/** One of {@link llmProviders}. */
export type LlmProvider = (typeof llmProviders)[number];

/** Built-in tool sets of an agent. */
export const toolProfiles = ['MINIMAL', 'CODING', 'FULL'] as const;

/** One of {@link toolProfiles}. */
export type ToolProfile = (typeof toolProfiles)[number];

/** An agent as it is stored. `mcpConfigJson` is sealed. */
export interface Agent {
  id: string;
  workspaceId: string;
  crewId: string | null;
  name: string;
  slug: string;
  description: string | null;
  roleTitle: string | null;
  agentRole: AgentRole;
  leadMode: string | null;
  status: string;
  cliAdapter: string;
  llmProvider: string | null;
  llmModel: string | null;
  systemPrompt: string | null;
  avatarSeed: string | null;
  avatarStyle: string | null;
  avatarUrl: string | null;
  timeoutSeconds: number;
  toolProfile: string;
  memoryEnabled: boolean;
  cliTools: string | null;
  suggestedPrompts: string | null;
  askForms: string | null;
  mcpConfigJson: string | null;
  scheduleCron: string | null;
  schedulePrompt: string | null;
  scheduleEnabled: boolean;
  scheduleLastRun: Date | null;
  scheduleNextRun: Date | null;
  webhookRequireTimestamp: boolean;
  ephemeral: boolean;
  expiresAt: Date | null;
  expiredAt: Date | null;
  parentLeadId: string | null;
  hireReason: string | null;
  workflowId: string | null;
  createdByUserId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The agent with what answers show of its surroundings. */
export interface AgentInContext extends Agent {
  crew: { name: string; slug: string; color: string | null; avatarStyle: string | null } | null;
  credentialCount: number;
  hasWebhookSecret: boolean;
}
