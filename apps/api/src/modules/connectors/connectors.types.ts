/** A connector as it stands installed: one row at workspace or crew level. */
export interface Installation {
  integrationId: string;
  name: string;
  displayName: string;
  enabled: boolean;
  /** Crew that has it; null for the workspace. */
  crewId: string | null;
  /** URL of the server; null for one that is started by its runtime. */
  endpoint: string | null;
  /** Credential that the row names for everybody; null when it names none. */
  credentialId: string | null;
  /** Status of that credential; null without one. */
  credentialStatus: string | null;
  createdAt: Date;
}
