import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { CreateAgentBindingService } from '../agent-bindings/create-agent-binding.service.js';
import { CreateCrewIntegrationService } from '../crew-integrations/create-crew-integration.service.js';
import type { TransferredTool } from '../tool-bindings/tool-bindings.types.js';
import { ToolTransferService } from '../tool-bindings/tool-transfer.service.js';
import { CreateWorkspaceIntegrationService } from '../workspace-integrations/create-workspace-integration.service.js';
import type { Bundle } from './bundle.schema.js';
import { camelized } from './bundle-case-rules.js';
import { crewServerKey, type ImportedIds, idOf } from './import-ids.js';
import { forEachIn, within } from './import-location.js';

type Server = Bundle['integrations'][number] | Bundle['crew_integrations'][number];

/** Makes the servers, tools and bindings of one workspace of a bundle. Runs in the caller's transaction. */
@Injectable()
export class ImportServersService {
  constructor(
    private readonly integrations: CreateWorkspaceIntegrationService,
    private readonly crewIntegrations: CreateCrewIntegrationService,
    private readonly bindings: CreateAgentBindingService,
    private readonly tools: ToolTransferService,
  ) {}

  /** Adds the servers' ids to `ids`. @throws AppError `bundle.refused` naming the entry. */
  async import(scope: WorkspaceScope, bundle: Bundle, { at, ids }: { at: string; ids: ImportedIds }): Promise<void> {
    const tools: TransferredTool[] = [];
    await forEachIn(bundle.integrations, `${at}integrations`, async (server) => {
      const { id } = await this.integrations.create(scope, {
        ...draftOf(server, ids),
        visibility: server.visibility,
        locked: server.locked,
      });
      ids.integrations.set(server.name, id);
      tools.push(...toolsOf(server, { workspaceIntegrationId: id, crewIntegrationId: null }));
    });
    await forEachIn(bundle.crew_integrations, `${at}crew_integrations`, async (server) => {
      const { id } = await this.crewIntegrations.create(scope, idOf(server.crew, ids.crews) ?? '', {
        ...draftOf(server, ids),
        ...(server.visibility !== null && { visibility: server.visibility }),
        workspaceIntegrationId: idOf(server.overrides, ids.integrations),
      });
      ids.crewIntegrations.set(crewServerKey(server.crew, server.name), id);
      tools.push(...toolsOf(server, { workspaceIntegrationId: null, crewIntegrationId: id }));
    });
    await within(`${at}integrations`, () => this.tools.import(scope, tools));
    await this.#bind(scope, bundle, { at, ids });
  }

  async #bind(scope: WorkspaceScope, bundle: Bundle, { at, ids }: { at: string; ids: ImportedIds }): Promise<void> {
    const crewOf = new Map(bundle.agents.map(({ slug, crew }) => [slug, crew]));
    await forEachIn(bundle.agent_bindings, `${at}agent_bindings`, async ({ agent, server, credential, ...members }) => {
      const serverId =
        server.level === 'workspace'
          ? ids.integrations.get(server.name)
          : ids.crewIntegrations.get(crewServerKey(crewOf.get(agent) ?? null, server.name));
      const body = {
        ...members,
        mcp_server_id: serverId,
        mcp_server_scope: server.level,
        credential_id: idOf(credential, ids.credentials),
      };
      await this.bindings.createGiven(scope, idOf(agent, ids.agents) ?? '', body);
    });
  }
}

function draftOf({ tools: _tools, credential, ...server }: Server, ids: ImportedIds) {
  const { visibility: _visibility, ...draft } = camelized(server);
  return { ...draft, credentialId: idOf(credential, ids.credentials) };
}

function toolsOf(
  { tools }: Server,
  owner: Pick<TransferredTool, 'workspaceIntegrationId' | 'crewIntegrationId'>,
): TransferredTool[] {
  return tools.map(({ name, ...tool }) => ({ ...camelized(tool), toolName: name, ...owner }));
}
