import { Injectable } from '@nestjs/common';
import type { Bundle } from './bundle.schema.js';
import { snaked } from './bundle-case-rules.js';
import type { BundleLiterals } from './bundle-literals.js';
import { type BundleNames, byText } from './bundle-names.js';
import { BundleOpeningService, type LiteralRow } from './bundle-opening.service.js';
import type { WorkspaceSource } from './bundle-source.service.js';

type ServerRow = WorkspaceSource['integrations'][number] | WorkspaceSource['crewIntegrations'][number];

const serverKeys = [
  'name',
  'display_name',
  'endpoint',
  'command',
  'args_json',
  'icon',
  'enabled',
  'cred_header',
  'env_var_name',
  'origin_ref',
] as const;
const toolKeys = ['description', 'title', 'enabled', 'schema_hash', 'restore_when_listed'] as const;

/** Servers, tools and bindings as a bundle has them. */
@Injectable()
export class BundleServersService {
  constructor(private readonly opening: BundleOpeningService) {}

  /** The parts of one workspace. Secrets in them become references to credentials that `literals` gathers. */
  partsOf(
    source: WorkspaceSource,
    names: BundleNames,
    literals: BundleLiterals,
  ): Pick<Bundle, 'integrations' | 'crew_integrations' | 'agent_bindings'> {
    const tools = toolsOf(source);
    const server = (row: ServerRow, table: string, at: string) => ({
      ...snaked(serverKeys, row),
      ...this.#texts(row, { table, at, literals }),
      ...credentialOf(row, names),
      // A server of the agent console goes on as an ordinary one: it keeps its binding, not its place in that console.
      origin: row.origin === 'console' ? 'custom' : row.origin,
      tools: tools.get(row.id) ?? [],
    });
    const integrations = source.integrations.toSorted(byText(({ name }) => name)).map((row) => ({
      ...server(row, 'workspace_integrations', row.name),
      locked: row.locked,
      transport: row.transport,
      visibility: row.visibility,
    }));
    const crewIntegrations = source.crewIntegrations
      .map((row) => ({ row, crew: names.crew(row.crewId) }))
      .filter(({ crew }) => crew !== null)
      .toSorted(byText(({ row, crew }) => JSON.stringify([crew, row.name])))
      .map(({ row, crew }) => ({
        ...server(row, 'crew_integrations', `${crew}/${row.name}`),
        crew: crew ?? '',
        overrides: names.server(row.workspaceIntegrationId),
        transport: row.transport,
        visibility: row.visibility,
      }));
    const bindings = this.#bindings(source, names, literals);
    // Words of closed lists are stored as text; the import judges them again.
    return { integrations, crew_integrations: crewIntegrations, agent_bindings: bindings } as Pick<
      Bundle,
      'integrations' | 'crew_integrations' | 'agent_bindings'
    >;
  }

  #texts(row: ServerRow, { table, at, literals }: { table: string; at: string; literals: BundleLiterals }) {
    const open = (path: string) => this.opening.literal(row as LiteralRow, table, path);
    return {
      env_json: literals.referenced(row.envJson, at, open),
      config_json: literals.referenced(row.configJson, at, open),
    };
  }

  #bindings(source: WorkspaceSource, names: BundleNames, literals: BundleLiterals) {
    return source.bindings
      .flatMap((row) => {
        const agent = names.agent(row.agentId);
        const server = names.server(row.workspaceIntegrationId ?? row.crewIntegrationId);
        if (agent === null || server === null) return [];
        const level = row.workspaceIntegrationId === null ? ('crew' as const) : ('workspace' as const);
        return [{ row, agent, server: { level, name: server } }];
      })
      .filter((each) => reaches(source, each.row))
      .toSorted(byText(({ agent, server }) => JSON.stringify([agent, server.level, server.name])))
      .map(({ row, agent, server }) => ({
        agent,
        server,
        ...snaked(['cred_header', 'env_var_name', 'enabled'] as const, row),
        ...credentialOf(row, names),
        config_override_json: literals.referenced(row.configOverrideJson, `${agent}/${server.name}`, (path) =>
          this.opening.literal(row, 'agent_bindings', path),
        ),
      }));
  }
}

// A binding to a server of a crew that the agent has left means nothing, and could not be made again.
function reaches(source: WorkspaceSource, row: WorkspaceSource['bindings'][number]): boolean {
  if (row.crewIntegrationId === null) return true;
  const server = source.crewIntegrations.find(({ id }) => id === row.crewIntegrationId);
  return server?.crewId === source.agents.find(({ id }) => id === row.agentId)?.crewId;
}

function credentialOf(row: { credentialId: string | null; credType: string | null }, names: BundleNames) {
  return { credential: names.credential(row.credentialId), cred_type: row.credType };
}

function toolsOf({ tools }: WorkspaceSource) {
  const grouped = new Map<string, { name: string }[]>();
  for (const row of tools.toSorted(byText(({ toolName }) => toolName))) {
    const serverId = row.workspaceIntegrationId ?? row.crewIntegrationId ?? '';
    const tool = { name: row.toolName, ...snaked(toolKeys, row) };
    grouped.set(serverId, [...(grouped.get(serverId) ?? []), tool]);
  }
  return grouped;
}
