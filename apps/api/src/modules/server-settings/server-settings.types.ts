/** How an MCP server is reached. */
export const transports = ['streamable-http', 'stdio'] as const;

/** One of {@link transports}. */
export type Transport = (typeof transports)[number];

/** Who sees a server. */
export const visibilities = ['auto', 'everyone', 'bound'] as const;

/** One of {@link visibilities}. */
export type Visibility = (typeof visibilities)[number];

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
