/** Command-line programs that run an agent. */
export const setupAdapters = [
  'CLAUDE_CODE',
  'OPENCODE',
  'CODEX_CLI',
  'GEMINI_CLI',
  'CURSOR_CLI',
  'FACTORY_DROID',
] as const;

/** Providers of language models. */
export const setupProviders = ['ANTHROPIC', 'OPENAI', 'GOOGLE', 'CURSOR', 'FACTORY', 'OLLAMA'] as const;

/** The workspace that a setup works on. */
export interface SetupWorkspace {
  id: string;
  name: string;
  preferredLanguage: string | null;
  role: 'OWNER' | 'ADMIN';
}

/** A crew or an agent as a setup makes it; the rest of its columns has defaults. */
export interface NamedRow {
  id: string;
  workspaceId: string;
  name: string;
  slug: string;
  createdAt: Date;
  updatedAt: Date;
}

/** The agent of a setup. */
export interface SetupAgent extends NamedRow {
  crewId: string;
  agentRole: 'LEAD';
  leadMode: 'active';
  cliAdapter: (typeof setupAdapters)[number];
  llmProvider: (typeof setupProviders)[number] | null;
  llmModel: string | null;
  createdByUserId: string;
}
