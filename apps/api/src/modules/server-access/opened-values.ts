import type { Secret } from '#kernel';
import type { EffectiveServer } from '#resolver-core';
import type { LiteralPath } from '#vault';
import { mergedRows, ownerKey } from './parsed-server.js';
import type { ServerValues } from './rendered-server.js';
import type { OpenedCredential } from './server-access.types.js';
import type { TextValues } from './text-rendering.js';

/** Everything that was opened for one request, and why some of it was not. */
export interface OpenedValues {
  byId: ReadonlyMap<string, OpenedCredential>;
  byName: ReadonlyMap<string, OpenedCredential>;
  /** Sentences for people, by the credential's id. */
  unusableById: ReadonlyMap<string, string>;
  /** The same by its name. */
  unusableByName: ReadonlyMap<string, string>;
  /** By the row's key, then by the literal's path. */
  literals: ReadonlyMap<string, ReadonlyMap<LiteralPath, Secret>>;
}

/** Nothing, on purpose. */
export const withheldValues: ServerValues = {
  credential: () => undefined,
  sealed: () => undefined,
  attached: () => null,
  whyUnusable: () => null,
  whyNotAttached: () => null,
  withheld: true,
};

/** The values that one server may be given: literals only of the rows that were merged into it. */
export function valuesFor(server: EffectiveServer, opened: OpenedValues): ServerValues {
  const merged = new Set(mergedRows(server).map(ownerKey));
  return {
    ...valuesForBlob(opened),
    sealed: ({ owner, path }) => {
      const key = ownerKey(owner);
      return merged.has(key) ? opened.literals.get(key)?.get(path) : undefined;
    },
    attached: (credentialId) => opened.byId.get(credentialId) ?? null,
    whyNotAttached: (credentialId) => opened.unusableById.get(credentialId) ?? null,
  };
}

/** The values that an agent's own `mcp_config_json` may be given: no literals, since it holds its own. */
export function valuesForBlob({ byName, unusableByName }: OpenedValues): TextValues {
  return {
    credential: (name) => byName.get(name)?.value,
    sealed: () => undefined,
    whyUnusable: (name) => unusableByName.get(name) ?? null,
    withheld: false,
  };
}
