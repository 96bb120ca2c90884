/** A connector as it stands installed: one row at workspace or crew level. */
export interface Installation {
  integrationId: string;
  name: string;
  displayName: string;
  enabled: boolean;
  /** Crew that has it; null for the workspace. */
  crewId: string | null;
  /** Status of the credential that the row names for everybody; null when it names none. */
  credentialStatus: string | null;
  createdAt: Date;
}
