import type { Secret } from '#kernel';
import type { CredType, EffectiveServer } from '#resolver-core';
import type { JsonObject, LiteralOwner } from '#vault';

/** A credential with the value that a server would get. */
export interface SealedCredential {
  id: string;
  name: string;
  username: string | null;
  sealedValue: string;
}

/** A credential whose value was opened. */
export interface OpenedCredential {
  id: string;
  /** Name of the person or account that the value belongs to, for Basic authentication. */
  username: string | null;
  value: Secret;
  /** True for one that stands for a key kept elsewhere: it goes to the servers of that provider only. */
  managed: boolean;
}

/** A live credential as it is stored, whatever its state. */
export interface StoredCredential extends Omit<SealedCredential, 'sealedValue'> {
  sealedValue: string | null;
  type: string;
  status: string;
  tokenExpiresAt: Date | null;
  nextRefreshAt: Date | null;
  /** Whether there is a refresh token. */
  renewable: boolean;
  lastErrorClass: string | null;
  /** The feature that keeps the value elsewhere; null for a value of its own. */
  managedBy: string | null;
}

/** A live credential, and whether the agent may be given it for a reference: not one that is limited to other crews. */
export interface FoundCredential extends StoredCredential {
  inReach: boolean;
  /** What `managedBy` keeps; null when there is none, and for a value of its own. */
  managedValue: Secret | null;
}

/** The sealed literals of one row that was merged into a server. */
export interface SealedLiterals {
  owner: LiteralOwner;
  sealedLiterals: string | null;
}

/** What keeps a server from being used as it is configured. */
export const serverProblemCodes = [
  'value_missing',
  'value_not_sendable',
  'credential_unusable',
  'credentials_withheld',
  'name_not_allowed',
  'settings_unreadable',
] as const;

/** One of {@link serverProblemCodes}. */
export type ServerProblemCode = (typeof serverProblemCodes)[number];

/** One thing that is wrong with a server for an agent. */
export interface ServerProblem {
  code: ServerProblemCode;
  /** Path of the setting: `endpoint`, `args.0`, `env.GITHUB_TOKEN`, `headers.Authorization`, `config.region`, `credential_id`. */
  field: string;
  /** A sentence for people. Names references as written, never a value. */
  message: string;
  /** The references without a value, as written; empty for other problems. */
  references: readonly string[];
}

/** An effective server with values in place of all references. What lacks a value is left out and is one of `problems`. */
export interface PreparedServer {
  server: EffectiveServer;
  endpoint: Secret | null;
  /** Null when one of them has no value: without it the others would move. */
  args: readonly Secret[] | null;
  /** Without variables that lack a value. A stdio server's credential is in it. */
  env: ReadonlyMap<string, Secret>;
  /** Headers of an HTTP server, its credential's included; empty for stdio. */
  headers: ReadonlyMap<string, Secret>;
  /** JSON text of the merged configuration. Null without one, and when one of its strings lacks a value. */
  config: Secret | null;
  /** The credential itself, for callers that put it in place on their own. */
  credential: { value: Secret; type: CredType; header: string | null; variable: string | null } | null;
  /** Empty when the server can be used. */
  problems: readonly ServerProblem[];
}

/** An agent's own `mcp_config_json` with values in place. */
export interface PreparedBlob {
  /** JSON text. Servers that lack a value are not in it and among `problems`. */
  json: Secret;
  problems: readonly ServerProblem[];
}

/** What an agent is to be given. */
export interface AccessWish {
  servers: readonly EffectiveServer[];
  /** The agent's own `mcp_config_json`, opened. */
  blob: JsonObject | null;
  /** Credentials that the agent gets for themselves. */
  credentialIds: readonly string[];
  /** Crew-scope credentials count only within their crews, or where one was granted to the agent. */
  agent: { id: string; crewId: string | null };
  /** True: no secret at all, for containers that must not have any. */
  withheld: boolean;
}

/** What an agent is given. */
export interface PreparedAccess {
  /** In the order of the wish. */
  servers: PreparedServer[];
  blob: PreparedBlob | null;
  /** The usable ones of the wished credentials, by id. */
  credentials: ReadonlyMap<string, OpenedCredential>;
  /** Ids of every credential whose value is in the answer. */
  usedCredentialIds: readonly string[];
}
