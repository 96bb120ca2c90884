/** How an MCP server is reached. */
export const transports = ['streamable-http', 'stdio'] as const;

/** One of {@link transports}. */
export type Transport = (typeof transports)[number];

/** Who sees a server. */
export const visibilities = ['auto', 'everyone', 'bound'] as const;

/** One of {@link visibilities}. */
export type Visibility = (typeof visibilities)[number];

/** How a credential travels: `Authorization: Bearer`, a header of its own, or `Authorization: Basic`. */
export const credTypes = ['bearer', 'api_key', 'basic'] as const;

/** One of {@link credTypes}. */
export type CredType = (typeof credTypes)[number];

/**
 * What a server row says about the credential of everybody who has the server. Type, header and variable count only where
 * the same row names the credential; null leaves them to the default.
 */
export interface ServerCredential {
  credentialId: string | null;
  credType: CredType | null;
  /** Header for `api_key`. */
  credHeader: string | null;
  /** Environment variable for `stdio`. */
  envVarName: string | null;
}

/** What made a server row, and which one of that kind. */
export interface ServerOrigin {
  /** `custom`, `connector`, `registry`, `oauth`, later others. */
  origin: string;
  /** Id of the connector, name in the registry; null where the kind has no more to say. */
  originRef: string | null;
}

/** A server that is to be registered, as a feature of ours asks for it. Absent members and blank texts take the default. */
export interface ServerDraft extends Partial<ServerCredential>, Partial<ServerOrigin> {
  name: string;
  displayName?: string | null;
  transport?: Transport | null;
  endpoint?: string | null;
  command?: string | null;
  argsJson?: string | null;
  /** Literal secrets are sealed, as in a request. */
  envJson?: string | null;
  configJson?: string | null;
  icon?: string | null;
  visibility?: Visibility;
  /** True unless given. */
  enabled?: boolean;
}

/** The settings of a server that a caller may write; undefined means "not given", null "none". */
export interface ServerSettings {
  transport?: Transport | null;
  endpoint?: string | null;
  command?: string | null;
  argsJson?: string | null;
  envJson?: string | null;
  configJson?: string | null;
}

/** Something that is accepted, but that the caller will want to know. */
export interface SettingsWarning {
  /** Stable reason: `unknown_credential`. */
  code: string;
  /** Member of the body that it is about. */
  field: string;
  /** A sentence that says what will happen and what to do. */
  message: string;
}
