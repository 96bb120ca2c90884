import type { AgentBindingRow, ResolutionInput } from '../rows.types.js';

/** A binding together with the agent that has it. */
export interface OwnedBinding extends AgentBindingRow {
  agentId: string;
}

/** A small workspace with one crew, all of whose agents are in that crew. */
export interface World extends Omit<ResolutionInput, 'agent' | 'bindings' | 'boundByOthers'> {
  agents: readonly { id: string; live: boolean }[];
  bindings: readonly OwnedBinding[];
}

/** What the cascade of one agent of the world reads, gathered the way {@link ResolutionInput} says. */
export function inputFor(world: World, agentId: string): ResolutionInput {
  const { agents, bindings, ...rows } = world;
  const live = new Set(agents.filter((agent) => agent.live).map((agent) => agent.id));
  const others = bindings.filter((row) => row.enabled && row.agentId !== agentId && live.has(row.agentId));
  return {
    ...rows,
    agent: { id: agentId, crewId: 'crew-1' },
    bindings: bindings.filter((row) => row.agentId === agentId).map(({ agentId: _, ...row }) => row),
    boundByOthers: [...new Set(others.map((row) => row.serverId))],
  };
}
