import type { Visibility } from '../server-settings/server-settings.types.js';

/** A server that may be what a draft means, or that has the draft's name. */
export interface NamedServer {
  id: string;
  name: string;
  /** Effective URL; null for servers that are no URL. */
  endpoint: string | null;
  visibility: Visibility | null;
  /** Whether it stands at the level that the draft is for. */
  sameLevel: boolean;
}

/** What becomes of a draft: an existing server gets the credential, or a new one is made under a free name. */
export type ServerChoice = { kind: 'existing'; id: string } | { kind: 'new'; name: string };

/**
 * Finds the server that a draft means: same name and same endpoint at the same level, else the first free name of `name`,
 * `name-2`, `name-3` …. For one agent a server that everybody sees is left alone where a binding would take it away from
 * the others (`auto`). A crew's server may share its name with the workspace's only as its override: same endpoint.
 */
export function chooseServer(
  draft: { name: string; endpoint: string },
  servers: readonly NamedServer[],
  forAgent: boolean,
): ServerChoice {
  for (let number = 1; ; number++) {
    const name = number === 1 ? draft.name : `${draft.name}-${number}`;
    const having = servers.filter((server) => server.name === name);
    const own = having.find(({ sameLevel }) => sameLevel);
    if (own && own.endpoint === draft.endpoint && !(forAgent && own.visibility === 'auto'))
      return { kind: 'existing', id: own.id };
    if (!own && having.every(({ endpoint }) => endpoint === draft.endpoint)) return { kind: 'new', name };
  }
}
