import type { WorkspaceSource } from './bundle-source.service.js';

/** Compares by code units, so that an order never depends on the language of the host. */
export function byText<T>(textOf: (item: T) => string): (left: T, right: T) => number {
  return (left, right) => {
    const [a, b] = [textOf(left), textOf(right)];
    return a < b ? -1 : a > b ? 1 : 0;
  };
}

/** What ids of one workspace are called in its bundle. An id that leads to nothing that is exported has no name. */
export class BundleNames {
  readonly #crews: ReadonlyMap<string, string>;
  readonly #agents: ReadonlyMap<string, string>;
  readonly #credentials: ReadonlyMap<string, string>;
  readonly #servers: ReadonlyMap<string, string>;

  constructor(source: WorkspaceSource) {
    this.#crews = new Map(source.crews.map(({ id, slug }) => [id, slug]));
    this.#agents = new Map(source.agents.map(({ id, slug }) => [id, slug]));
    const carried = source.credentials.filter((row) => row.scope !== 'CREW' || this.crewsOf(row).length > 0);
    this.#credentials = new Map(carried.map(({ id, name }) => [id, name]));
    const servers = [...source.integrations, ...source.crewIntegrations];
    this.#servers = new Map(servers.map(({ id, name }) => [id, name]));
  }

  crew(id: string | null): string | null {
    return id === null ? null : (this.#crews.get(id) ?? null);
  }

  agent(id: string | null): string | null {
    return id === null ? null : (this.#agents.get(id) ?? null);
  }

  credential(id: string | null): string | null {
    return id === null ? null : (this.#credentials.get(id) ?? null);
  }

  server(id: string | null): string | null {
    return id === null ? null : (this.#servers.get(id) ?? null);
  }

  /** The live crews that a credential is limited to. */
  crewsOf({ crews }: { crews: readonly { crewId: string }[] }): string[] {
    return crews.flatMap(({ crewId }) => this.#crews.get(crewId) ?? []).sort();
  }
}
