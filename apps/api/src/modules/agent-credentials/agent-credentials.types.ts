/** Why an agent gets a credential: granted to it, limited to its crew, or used by one of its bindings. */
export const grantSources = ['explicit', 'crew', 'binding'] as const;

/** One of {@link grantSources}. */
export type GrantSource = (typeof grantSources)[number];

/** A credential as an agent gets it. Derived grants have no row: their id is "". */
export interface AgentGrant {
  id: string;
  agentId: string;
  credentialId: string;
  credentialName: string;
  credentialType: string;
  credentialProvider: string;
  credentialStatus: string;
  /** Null where neither a grant nor a binding names one. */
  envVarName: string | null;
  priority: number;
  createdAt: Date;
  expiresAt: Date | null;
  leaseSource: string | null;
  leaseIssuedAt: Date | null;
  grantSource: GrantSource;
}

/** A grant as it is stored. */
export interface NewAgentGrant {
  id: string;
  agentId: string;
  credentialId: string;
  envVarName: string;
  priority: number;
  expiresAt: Date | null;
  leaseSource: string | null;
  leaseIssuedAt: Date | null;
  createdAt: Date;
}
