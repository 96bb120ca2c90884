/** The ids that names of one workspace of a bundle have got. */
export interface ImportedIds {
  /** By slug. */
  crews: ReadonlyMap<string, string>;
  /** By slug. */
  agents: ReadonlyMap<string, string>;
  /** By name. */
  credentials: Map<string, string>;
  /** Servers of the workspace, by name. */
  integrations: Map<string, string>;
  /** Servers of crews, by {@link crewServerKey}. */
  crewIntegrations: Map<string, string>;
}

/** A crew's server within its workspace. */
export function crewServerKey(crew: string | null, name: string): string {
  return JSON.stringify([crew, name]);
}

/** The id of a name; null for none. References were judged when the bundle was read. */
export function idOf(name: string | null, ids: ReadonlyMap<string, string>): string | null {
  return name === null ? null : (ids.get(name) ?? null);
}
