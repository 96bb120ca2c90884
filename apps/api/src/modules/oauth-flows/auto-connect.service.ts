import { Injectable } from '@nestjs/common';
import { checkEndpoint, Egress } from '#egress';
import { raise, Secret, type WorkspaceScope } from '#kernel';
import { oauthServersErrors } from '../oauth-servers/oauth-servers.errors.js';
import type { AutoConnectDto } from './dto/auto-connect.dto.js';
import type { McpConnection } from './flow-connection.types.js';
import { FlowServersRepository } from './flow-servers.repository.js';
import { McpConnections } from './mcp-connections.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import type { FlowTarget } from './oauth-flows.types.js';

const defaultName = 'mcp-server';

/** Connects an MCP server by its URL, for the workspace, a crew or one agent. */
@Injectable()
export class AutoConnect {
  constructor(
    private readonly connections: McpConnections,
    private readonly servers: FlowServersRepository,
    private readonly egress: Egress,
  ) {}

  /** @throws AppError 400 for the URL, the crew or the agent, 422 for what the server publishes. */
  async connect(scope: WorkspaceScope, dto: AutoConnectDto, browserHash: string): Promise<McpConnection> {
    const url = dto.mcp_url.trim();
    if (url === '') throw oauthFlowErrors.mcpUrlRequired();
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url) || url.includes('{{')) throw oauthFlowErrors.mcpUrlInvalid();
    this.#check(url);
    const name = dto.server_name?.trim() || defaultName;
    const target = await this.#targetOf(scope, dto, { name, endpoint: url });
    return this.connections.connect(scope, {
      url,
      name,
      providerHint: dto.provider_hint,
      scopes: dto.scopes,
      target,
      browserHash,
      ...(dto.client_id && {
        client: {
          clientId: dto.client_id,
          clientSecret: dto.client_secret ? new Secret(dto.client_secret) : null,
        },
      }),
    });
  }

  #check(url: string): void {
    const verdict = checkEndpoint(url, this.egress.policy);
    if (verdict.ok) return;
    const { reason } = verdict;
    const fields = [{ field: 'mcp_url', code: 'not_allowed', message: reason }];
    throw oauthServersErrors.urlNotAllowed({ params: { reason }, fields });
  }

  async #targetOf(
    scope: WorkspaceScope,
    dto: AutoConnectDto,
    server: { name: string; endpoint: string },
  ): Promise<FlowTarget> {
    const crewId = dto.crew_id || null;
    const agentId = dto.agent_id || null;
    if (crewId !== null && !(await this.servers.hasCrew(scope, crewId))) throw notFound('crew');
    if (agentId !== null) {
      const agent = (await this.servers.findAgent(scope, agentId)) ?? raise(notFound('agent'));
      if (crewId !== null && agent.crewId !== crewId) throw oauthFlowErrors.agentElsewhere();
    }
    return { kind: 'draft', server: { ...server, crewId }, agentId };
  }
}

function notFound(noun: 'crew' | 'agent') {
  const fields = [{ field: `${noun}_id`, code: 'not_found', message: `No such ${noun} in this workspace` }];
  return noun === 'crew' ? oauthFlowErrors.crewNotFound({ fields }) : oauthFlowErrors.agentNotFound({ fields });
}
