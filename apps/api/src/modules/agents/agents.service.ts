import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import type { SealedPlace } from '#vault';
import { McpBlobsService } from '../mcp-blobs/mcp-blobs.service.js';
import { agentErrors } from './agents.errors.js';
import { toAgentResponse } from './agents.mapper.js';
import { AgentsRepository } from './agents.repository.js';
import type { AgentInContext } from './agents.types.js';
import type { AgentResponse } from './dto/agent.response.js';

/** Reading agents, for callers and for features that work on them. */
@Injectable()
export class AgentsService {
  constructor(
    private readonly repository: AgentsRepository,
    private readonly blobs: McpBlobsService,
  ) {}

  /** One page, optionally of one crew: live before expired, then newest. */
  async list(scope: WorkspaceScope, page: PageRequest, crewId: string | undefined): Promise<Page<AgentResponse>> {
    const wanted = crewId === undefined || crewId === '' ? null : crewId;
    const { items, total } = await this.repository.findMany(scope, {
      limit: page.limit,
      offset: page.offset,
      crewId: wanted,
    });
    return { items: await Promise.all(items.map((row) => this.show(row))), total };
  }

  /** @throws AppError `agent.not_found`, also for another workspace's. */
  async get(scope: WorkspaceScope, id: string): Promise<AgentResponse> {
    const row = await this.getRow(scope, id);
    return { ...(await this.show(row)), webhook_secret_set: row.hasWebhookSecret };
  }

  /** The stored row of a live agent. @throws AppError `agent.not_found`. */
  async getRow(scope: WorkspaceScope, id: string): Promise<AgentInContext> {
    return (await this.repository.findById(scope, id)) ?? raise(agentErrors.notFound());
  }

  /**
   * Keeps a live agent from being deleted until the transaction ends: for writers of rows that hang on it.
   * @throws AppError `agent.not_found`.
   */
  async hold(scope: WorkspaceScope, id: string): Promise<void> {
    if (!(await this.repository.hold(scope, id))) throw agentErrors.notFound();
  }

  /** The row as it is answered. */
  async show(row: AgentInContext): Promise<AgentResponse> {
    return toAgentResponse(row, await this.blobs.show(row.mcpConfigJson, blobPlaceOf(row)));
  }
}

/** Where an agent's sealed `mcp_config_json` is stored. */
export function blobPlaceOf(row: { workspaceId: string; id: string }): SealedPlace {
  return { workspaceId: row.workspaceId, table: 'agents', column: 'mcp_config_json', rowId: row.id };
}
