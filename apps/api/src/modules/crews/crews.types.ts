/** What the crew's containers may reach. */
export const networkModes = ['free', 'restricted'] as const;

/** One of {@link networkModes}. */
export type NetworkMode = (typeof networkModes)[number];

/** A crew as it is stored. `mcpConfigJson` has `***` where secrets were: those are sealed in its integrations. */
export interface Crew {
  id: string;
  workspaceId: string;
  name: string;
  slug: string;
  description: string | null;
  color: string | null;
  icon: string | null;
  avatarStyle: string | null;
  containerMemoryMb: number;
  containerCpus: number;
  containerTtlHours: number | null;
  networkMode: string;
  allowedDomains: string[];
  allowPrivateEndpoints: boolean;
  mcpConfigJson: string | null;
  escalationConfig: string | null;
  runtimeImage: string | null;
  devcontainerConfig: string | null;
  miseConfig: string | null;
  servicesJson: string | null;
  issuePrefix: string | null;
  maxEphemeralAgents: number;
  createdAt: Date;
  updatedAt: Date;
}

/** The crew with the numbers that answers show. */
export interface CountedCrew extends Crew {
  agentCount: number;
  memberCount: number;
}
