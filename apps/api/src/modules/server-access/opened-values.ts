import type { Secret } from '#kernel';
import { type EffectiveServer, managedKind } from '#resolver-core';
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
    attached: (credentialId) => {
      const found = opened.byId.get(credentialId) ?? null;
      return found?.managed && !isOfProvider(server) ? null : found;
    },
    whyNotAttached: (credentialId) =>
      opened.byId.get(credentialId)?.managed
        ? 'The credential stands for the Composio API key, which is sent to servers at Composio only'
        : (opened.unusableById.get(credentialId) ?? null),
  };
}

// A crew row may send what it changes anywhere, so that it never gets the key of the whole workspace.
function isOfProvider({ kind, scope, overrides }: EffectiveServer): boolean {
  return kind === managedKind && scope === 'workspace' && overrides === null;
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
