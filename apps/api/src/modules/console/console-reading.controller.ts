import { Controller, Get, Param, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Scope, TeamKey } from '#access';
import { ConsoleEnvelope, Endpoint } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ConsoleActionsService } from './console-actions.service.js';
import { ConsoleServersService } from './console-servers.service.js';
import { ActionListEnvelopeResponse, type ActionResponse } from './dto/action.response.js';
import {
  AgentIntegrationListEnvelopeResponse,
  type AgentIntegrationResponse,
} from './dto/agent-integration.response.js';
import {
  McpServerEnvelopeResponse,
  type McpServerIntegrationResponse,
  McpServerListEnvelopeResponse,
  McpToolListEnvelopeResponse,
  type McpToolResponse,
} from './dto/mcp-server.response.js';

/** What an agent has through the console. Lists come whole, as the console's clients expect them. */
@ApiTags('Agent console')
@Controller('api/v1/console/agents/:agentId')
@UseInterceptors(ConsoleEnvelope)
export class ConsoleReadingController {
  constructor(
    private readonly servers: ConsoleServersService,
    private readonly actions: ConsoleActionsService,
  ) {}

  @Get('integrations')
  @TeamKey('integrations:read')
  @Endpoint({
    id: 'listConsoleIntegrations',
    summary: 'List the integrations of an agent with their tools',
    description: 'Newest first: those that were made in the console.',
    type: AgentIntegrationListEnvelopeResponse,
    errors: [404],
  })
  listIntegrations(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
  ): Promise<AgentIntegrationResponse[]> {
    return this.actions.listIntegrations(scope, agentId);
  }

  @Get('integrations/mcp_server')
  @TeamKey('integrations:read')
  @Endpoint({
    id: 'listConsoleMcpServers',
    summary: 'List the MCP-server integrations of an agent',
    description: 'Newest first. What is sent to the servers as `auth_config` is never shown.',
    type: McpServerListEnvelopeResponse,
    errors: [404],
  })
  listServers(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
  ): Promise<McpServerIntegrationResponse[]> {
    return this.servers.listShown(scope, agentId);
  }

  @Get('integrations/mcp_server/:integrationId')
  @TeamKey('integrations:read')
  @Endpoint({
    id: 'getConsoleMcpServer',
    summary: 'Get an MCP-server integration of an agent',
    type: McpServerEnvelopeResponse,
    errors: [400, 404],
  })
  getServer(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Param('integrationId') id: string,
  ): Promise<McpServerIntegrationResponse> {
    return this.servers.getShown(scope, agentId, id);
  }

  @Get('integrations/mcp_server/:integrationId/tools')
  @TeamKey('integrations:read')
  @Endpoint({
    id: 'listConsoleMcpServerTools',
    summary: 'List the tools of an MCP server of an agent',
    description: 'By name, disabled ones included; empty until they were discovered.',
    type: McpToolListEnvelopeResponse,
    errors: [400, 404],
  })
  listTools(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Param('integrationId') id: string,
  ): Promise<McpToolResponse[]> {
    return this.actions.listTools(scope, agentId, id);
  }

  @Get('actions')
  @TeamKey('integrations:read')
  @Endpoint({
    id: 'listConsoleActions',
    summary: 'List the tools of all integrations of an agent',
    type: ActionListEnvelopeResponse,
    errors: [404],
  })
  listActions(@Scope() scope: WorkspaceScope, @Param('agentId') agentId: string): Promise<ActionResponse[]> {
    return this.actions.list(scope, agentId);
  }
}
