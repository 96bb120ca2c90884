import type { OrgDefaults, OrgWorkspace } from './org-template.schema.js';

const knownRuntimes = new Set([
  'langgraph',
  'claude-code',
  'openclaw',
  'crewai',
  'autogen',
  'deepagents',
  'hermes',
  'codex',
  'gemini-cli',
  'external',
]);

const systemFolders = /^\/(etc|var|usr|bin|sbin|lib|lib64|boot|dev|proc|sys|root|run)(\/|$)/;
const pluginName = /^[A-Za-z0-9][\w.:/#@+-]{0,300}$/;

/** The runtime of a workspace: its own, else the default, else `langgraph`; an unknown one is `langgraph` too. */
export function runtimeOf(workspace: OrgWorkspace, defaults: OrgDefaults): string {
  const wish = workspace.runtime || defaults.runtime || 'langgraph';
  return knownRuntimes.has(wish) ? wish : 'langgraph';
}

/** The model of a workspace: its own, else the default, else the usual one of its runtime. */
export function modelOf(workspace: OrgWorkspace, defaults: OrgDefaults, runtime: string): string {
  const usual = runtime === 'claude-code' ? 'sonnet' : 'anthropic:claude-opus-4-7';
  return workspace.model || defaults.model || usual;
}

/** The plugins of a workspace: the defaults and its own, each once and in order; `!x` and `-x` leave x out. */
export function pluginsOf(workspace: OrgWorkspace, defaults: OrgDefaults): { plugins: string[]; refused: string[] } {
  const wishes = [...(defaults.plugins ?? []), ...(workspace.plugins ?? [])].map((wish) => wish.trim());
  const out = new Set(wishes.filter(isOptOut).map((wish) => wish.slice(1).trim()));
  const wanted = [...new Set(wishes.filter((wish) => wish !== '' && !isOptOut(wish) && !out.has(wish)))];
  const isPlugin = (wish: string) => pluginName.test(wish) && !wish.includes('..');
  return { plugins: wanted.filter(isPlugin), refused: wanted.filter((wish) => !isPlugin(wish)) };
}

const local = 'local://';

/** Which of the wished plugins the registry has, as sources, and which it has not, as they were wished for. */
export function heldAgainst(
  offered: ReadonlySet<string>,
  wishes: readonly string[],
): { installs: string[]; unknown: string[] } {
  const nameOf = (wish: string) => (wish.startsWith(local) ? wish.slice(local.length) : wish);
  const known = wishes.map(nameOf).filter((name) => offered.has(name));
  return {
    installs: [...new Set(known)].map((name) => `${local}${name}`),
    unknown: wishes.filter((wish) => !offered.has(nameOf(wish))),
  };
}

function isOptOut(wish: string): boolean {
  return wish.startsWith('!') || wish.startsWith('-');
}

/** Who gets which kind of work: the defaults, own entries in their place; an empty list leaves one out. */
export function routingOf(workspace: OrgWorkspace, defaults: OrgDefaults): Record<string, string[]> {
  const all = { ...defaults.category_routing, ...workspace.category_routing };
  return Object.fromEntries(Object.entries(all).filter(([, roles]) => roles.length > 0));
}

/**
 * What is wrong with the folder that a workspace wants to work in, or null. Its variables are not replaced here: the agent, which has
 * them, does.
 */
export function workspaceDirFault({ workspace_dir: dir, workspace_access: access }: OrgWorkspace): string | null {
  if (!dir) return access === 'read_only' || access === 'read_write' ? 'workspace_access needs a workspace_dir' : null;
  if (!dir.startsWith('/') && !dir.startsWith('$')) return 'workspace_dir must be absolute';
  if (dir.split('/').includes('..')) return 'workspace_dir must not contain ".."';
  if (dir === '/' || systemFolders.test(dir)) return 'workspace_dir must not be a folder of the system';
  return null;
}

const card = { width: 240, height: 130, gutter: 14, header: 130, side: 16, columns: 2 };

/** Where the nth child of a workspace stands on the canvas, unless it says so itself. */
export function canvasOf(
  workspace: OrgWorkspace,
  parent: { x: number; y: number } | null,
  nth: number,
): { x: number; y: number } {
  const column = parent ? nth % card.columns : nth;
  const row = parent ? Math.floor(nth / card.columns) : 0;
  const origin = parent ? { x: parent.x + card.side, y: parent.y + card.header } : { x: 0, y: 0 };
  const step = parent ? card.width + card.gutter : card.columns * (card.width + card.gutter) + 2 * card.side;
  const x = workspace.canvas?.x ?? origin.x + column * step;
  const y = workspace.canvas?.y ?? origin.y + row * (card.height + card.gutter);
  return { x, y };
}
