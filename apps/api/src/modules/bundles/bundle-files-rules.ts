import { readYamlText } from '#sources';
import type { Bundle } from './bundle.schema.js';
import { bundledFiles } from './bundle-faults-rules.js';

/** The file that holds the instructions of a workspace. */
export const systemPromptPath = 'system-prompt.md';

/** A text file of a workspace. */
export interface BundleFile {
  path: string;
  content: string;
}

/** The files of a workspace in the members that the reference has for them. */
export function filesAsMembers(
  files: readonly BundleFile[],
  leadPrompt: string | null,
): Pick<Bundle, 'system_prompt' | 'skills' | 'prompts' | 'files'> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const prompt = sorted.find(({ path }) => path === systemPromptPath);
  const skills = new Map<string, [string, string][]>();
  const others: BundleFile[] = [];
  for (const file of sorted.filter(({ path }) => path !== systemPromptPath)) {
    const [, id, path] = /^skills\/([^/]+)\/(.+)$/.exec(file.path) ?? [];
    if (id === undefined || path === undefined) others.push(file);
    else skills.set(id, [...(skills.get(id) ?? []), [path, file.content]]);
  }
  const isTop = ({ path }: BundleFile) => !path.includes('/');
  return {
    system_prompt: prompt?.content ?? leadPrompt ?? '',
    skills: [...skills].map(([id, own]) => ({ id, ...headOf(id, new Map(own)), files: Object.fromEntries(own) })),
    prompts: asMap(others.filter(isTop)),
    files: asMap(others.filter((file) => !isTop(file))),
  };
}

/** The files that an import stores. Instructions that the lead agent has itself are no file of their own. */
export function membersAsFiles(bundle: Bundle): BundleFile[] {
  const prompt = bundle.system_prompt;
  const isOwn =
    prompt !== '' &&
    prompt !==
      leadPromptOf(
        bundle.agents.map((each) => ({ ...each, systemPrompt: each.system_prompt, agentRole: each.agent_role })),
      );
  const files = bundledFiles(bundle).map(([path, content]) => ({ path, content }));
  const known = new Set(files.map(({ path }) => path));
  return isOwn && !known.has(systemPromptPath) ? [...files, { path: systemPromptPath, content: prompt }] : files;
}

/** Instructions of the agent that leads the workspace: the first lead by slug. */
export function leadPromptOf(
  agents: readonly { slug: string; agentRole: string; systemPrompt: string | null }[],
): string | null {
  const leads = agents.filter(({ agentRole }) => agentRole === 'LEAD').toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  return leads[0]?.systemPrompt ?? null;
}

/** The runtime that a plain bundle names: the `runtime:` line of its `config.yaml`. */
export function plainRuntimeOf({ prompts }: Bundle): string {
  const [, named] =
    /^runtime:[ \t]*["']?([A-Za-z0-9_-]{1,100})["']?[ \t]*(?:#.*)?$/m.exec(prompts['config.yaml'] ?? '') ?? [];
  return named ?? 'langgraph';
}

function asMap(files: readonly BundleFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}

// What the head of a SKILL.md says of itself. Many a head is no strict YAML (`description: Use when: …`): then its lines are read.
function headOf(id: string, files: ReadonlyMap<string, string>): { name: string; description: string } {
  const [, head = ''] = /^---\r?\n([\s\S]{0,8000}?)\r?\n---/.exec(files.get('SKILL.md') ?? '') ?? [];
  const reading = readYamlText(head);
  const members = reading.ok && typeof reading.value === 'object' ? reading.value : null;
  const line = (key: string) => new RegExp(`^${key}:[ \\t]*(.*)$`, 'm').exec(head)?.[1]?.trim() ?? '';
  const member = (key: string) => {
    const value: unknown = members ? Reflect.get(members, key) : line(key);
    return typeof value === 'string' ? value.trim() : '';
  };
  return { name: (member('name') || id).slice(0, 255), description: member('description').slice(0, 10_000) };
}
