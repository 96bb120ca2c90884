import type { Ruler } from './plugin-allowlists.repository.js';

/** So many workspaces above each other are looked at. A hierarchy has at most 16 levels: one that goes on is no hierarchy. */
export const mostLevels = 64;

/**
 * Whether a workspace may have a plugin of this name: every list at or above it names it. A list that is nearer may narrow
 * what a wider one allows, never widen it. A chain that has no end allows nothing.
 */
export function isAllowed(rulers: readonly Ruler[], name: string): boolean {
  if (rulers.length === 0 || rulers.length >= mostLevels) return false;
  return rulers.every(({ names }) => names === null || names.includes(name));
}
