import type { SettledApp } from './composio-bindings.types.js';

/** Name of an app's server row, which is also what the agent sees it under. */
export function integrationNameOf(agentId: string, toolkit: string): string {
  return `composio-${agentId}-${toolkit}`;
}

/** What people read of it. Nothing is read back from it. */
export function displayNameOf({ toolkit, mode, tools }: SettledApp): string {
  const labels = { full: 'Full', read: 'Read-only', custom: `Custom ${tools.length}` };
  return `Composio: ${toolkit} · ${labels[mode]}`;
}
