import { Injectable } from '@nestjs/common';
import { BundleSourceRepository, type SourceWorkspace } from './bundle-source.repository.js';

type Rows<K extends keyof BundleSourceRepository> = BundleSourceRepository[K] extends (
  ids: readonly string[],
) => Promise<infer R>
  ? R
  : never;

/** Everything of one workspace that a bundle carries, as it is stored. */
export interface WorkspaceSource {
  place: SourceWorkspace;
  workspace: Rows<'findWorkspaces'>[number];
  runtime: Rows<'findRuntimes'>[number] | null;
  files: Rows<'findFiles'>;
  crews: Rows<'findCrews'>;
  agents: Rows<'findAgents'>;
  credentials: Rows<'findCredentials'>;
  grants: Rows<'findGrants'>;
  integrations: Rows<'findIntegrations'>;
  crewIntegrations: Rows<'findCrewIntegrations'>;
  tools: Rows<'findTools'>;
  bindings: Rows<'findBindings'>;
  endpoints: Rows<'findEndpoints'>;
}

/** Gathers what bundles are made of. */
@Injectable()
export class BundleSourceService {
  constructor(private readonly repository: BundleSourceRepository) {}

  /** The tree of a workspace, each after the one above it; empty for a missing one. */
  findTree(rootId: string): Promise<SourceWorkspace[]> {
    return this.repository.findTree(rootId);
  }

  /** The workspaces of a tree with all that they hold. A constant number of statements. */
  async read(tree: readonly SourceWorkspace[]): Promise<WorkspaceSource[]> {
    const ids = tree.map(({ id }) => id);
    const from = this.repository;
    const workspaces = new Map((await from.findWorkspaces(ids)).map((row) => [row.id, row]));
    const runtimes = new Map((await from.findRuntimes(ids)).map((row) => [row.workspaceId, row]));
    const agents = await from.findAgents(ids);
    const workspaceOfAgent = new Map(agents.map((row) => [row.id, row.workspaceId]));
    const grants = (await from.findGrants(ids)).map((row) => ({
      ...row,
      workspaceId: workspaceOfAgent.get(row.agentId) ?? '',
    }));
    const parts = {
      files: byWorkspace(await from.findFiles(ids)),
      crews: byWorkspace(await from.findCrews(ids)),
      agents: byWorkspace(agents),
      credentials: byWorkspace(await from.findCredentials(ids)),
      grants: byWorkspace(grants),
      integrations: byWorkspace(await from.findIntegrations(ids)),
      crewIntegrations: byWorkspace(await from.findCrewIntegrations(ids)),
      tools: byWorkspace(await from.findTools(ids)),
      bindings: byWorkspace(await from.findBindings(ids)),
      endpoints: byWorkspace(await from.findEndpoints(ids)),
    };
    return tree.flatMap((place) => {
      const workspace = workspaces.get(place.id);
      if (!workspace) return [];
      const own = <T>(rows: ReadonlyMap<string, T[]>): T[] => rows.get(place.id) ?? [];
      return [
        {
          place,
          workspace,
          runtime: runtimes.get(place.id) ?? null,
          files: own(parts.files),
          crews: own(parts.crews),
          agents: own(parts.agents),
          credentials: own(parts.credentials),
          grants: own(parts.grants),
          integrations: own(parts.integrations),
          crewIntegrations: own(parts.crewIntegrations),
          tools: own(parts.tools),
          bindings: own(parts.bindings),
          endpoints: own(parts.endpoints),
        },
      ];
    });
  }
}

function byWorkspace<T extends { workspaceId: string }>(rows: readonly T[]): Map<string, T[]> {
  const grouped = new Map<string, T[]>();
  for (const row of rows) {
    const group = grouped.get(row.workspaceId);
    if (group) group.push(row);
    else grouped.set(row.workspaceId, [row]);
  }
  return grouped;
}
