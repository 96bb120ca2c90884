import type { FoundedCrew } from '../crews/crew-founding.service.js';
import { slugOf } from '../workspaces/workspace-slug-rules.js';
import type { PlannedWorkspace } from './org-plan.types.js';

const adapters: Readonly<Record<string, string>> = { codex: 'CODEX_CLI', 'gemini-cli': 'GEMINI_CLI' };

const providers: readonly [RegExp, string][] = [
  [/^anthropic[:/]|claude|^(sonnet|opus|haiku)$/, 'ANTHROPIC'],
  [/^openai[:/]|^gpt-|^o\d/, 'OPENAI'],
  [/^google[:/_]|gemini/, 'GOOGLE'],
  [/^ollama[:/]/, 'OLLAMA'],
];

/** The agent that leads a planned workspace. */
export function leadOf(planned: PlannedWorkspace): FoundedCrew['lead'] {
  const { name, role, runtime, model, systemPrompt } = planned;
  return {
    // Names of agents have two characters at least.
    name: name.length < 2 ? `${name} lead` : name,
    slug: slugOf(name),
    roleTitle: role,
    llmModel: model,
    llmProvider: providers.find(([pattern]) => pattern.test(model.toLowerCase()))?.[1] ?? null,
    cliAdapter: adapters[runtime] ?? 'CLAUDE_CODE',
    systemPrompt,
  };
}
