import { fnvHash } from './fnv-hash.js';

const longest = 30;
const mostNames = 8;
const allowed = /^[A-Za-z0-9-]+$/;

/**
 * Names that a server at Composio may have for an app and a choice of tools, the usual one first. The others are for the
 * case that it is taken by another server, since the hashes in it are short. Composio takes 4 to 30 letters, digits and hyphens.
 */
export function appServerNames(workspaceId: string, toolkit: string, tools: readonly string[]): string[] {
  const prefix = prefixOf(workspaceId);
  const tag = toolsTag(tools);
  const plain = `${prefix}-${toolkit}-${tag}`;
  const hashed = (text: string) => `${prefix}-${fnvHash(text)}`;
  const usual = plain.length <= longest && allowed.test(plain) ? plain : hashed(`${toolkit}:${tag}`);
  const others = Array.from({ length: mostNames - 1 }, (_, index) => hashed(`${toolkit}:${tag}:${index + 2}`));
  return [usual, ...others];
}

/** The same for the default connector. */
export function defaultServerNames(workspaceId: string): string[] {
  const prefix = prefixOf(workspaceId);
  const others = Array.from({ length: mostNames - 1 }, (_, index) => `${prefix}-default-${index + 2}`);
  return [`${prefix}-default`, ...others];
}

function toolsTag(tools: readonly string[]): string {
  const slugs = tools.map((tool) => tool.toLowerCase()).sort();
  return slugs.length === 0 ? 'full' : fnvHash(slugs.join(','));
}

// The end of an id is its random part.
function prefixOf(workspaceId: string): string {
  const end = workspaceId.slice(-8);
  return `crewship-${allowed.test(end) ? end : fnvHash(workspaceId)}`;
}
