import { Controller, Delete, Param, Patch, Post, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Scope, TeamKey } from '#access';
import { Audited, NotAudited } from '#audit-log';
import { BodyAfterLookup, ConsoleEnvelope, Endpoint, type LateBody } from '#http';
import type { WorkspaceScope } from '#kernel';
import { ConfigureMcpServerService } from './configure-mcp-server.service.js';
import { ConsoleConnectionService } from './console-connection.service.js';
import { DiscoverToolsService } from './discover-tools.service.js';
import { ConfigureMcpServerDto } from './dto/configure-mcp-server.dto.js';
import {
  DiscoveredToolsEnvelopeResponse,
  type DiscoveredToolsResponse,
  McpServerEnvelopeResponse,
  type McpServerIntegrationResponse,
  McpServerTestEnvelopeResponse,
  type McpServerTestResponse,
} from './dto/mcp-server.response.js';
import { NothingEnvelopeResponse } from './dto/nothing-envelope.response.js';
import { UpdateMcpServerDto } from './dto/update-mcp-server.dto.js';
import { RemoveMcpServerService } from './remove-mcp-server.service.js';
import { UpdateMcpServerService } from './update-mcp-server.service.js';

/** Making, changing and connecting the MCP servers of an agent (seed 002). */
@ApiTags('Agent console')
@Controller('api/v1/console/agents/:agentId/integrations/mcp_server')
@UseInterceptors(ConsoleEnvelope)
export class McpServersController {
  constructor(
    private readonly creation: ConfigureMcpServerService,
    private readonly changes: UpdateMcpServerService,
    private readonly removal: RemoveMcpServerService,
    private readonly connection: ConsoleConnectionService,
    private readonly discovery: DiscoverToolsService,
  ) {}

  @Post('configure')
  @TeamKey('integrations:write')
  @Audited('integration.create')
  @Endpoint({
    id: 'configureConsoleMcpServer',
    summary: 'Create an MCP-server integration of an agent',
    description:
      'Makes a server that this agent alone has; it is not connected to, its tools appear with a discovery. Every call ' +
      'makes another one. The agent must have a workflow (`workflow_required`), and the workspace’s plan must have room ' +
      '(`integration_limit_reached`). `auth_config` is write-only.',
    status: 201,
    type: McpServerEnvelopeResponse,
    body: ConfigureMcpServerDto,
    errors: [400, 404, 409],
  })
  configure(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @BodyAfterLookup(ConfigureMcpServerDto) body: LateBody<ConfigureMcpServerDto>,
  ): Promise<McpServerIntegrationResponse> {
    return this.creation.configure(scope, agentId, body);
  }

  @Patch(':integrationId')
  @TeamKey('integrations:write')
  @Audited('integration.update')
  @Endpoint({
    id: 'updateConsoleMcpServer',
    summary: 'Change an MCP-server integration of an agent',
    description:
      'Absent members stay. Absent `auth_config` keeps what is sent to the server, null forgets it. Tools keep their ids ' +
      'and switches.',
    type: McpServerEnvelopeResponse,
    body: UpdateMcpServerDto,
    errors: [400, 404, 409],
  })
  update(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Param('integrationId') id: string,
    @BodyAfterLookup(UpdateMcpServerDto) body: LateBody<UpdateMcpServerDto>,
  ): Promise<McpServerIntegrationResponse> {
    return this.changes.update(scope, agentId, id, body);
  }

  @Delete(':integrationId')
  @TeamKey('integrations:write')
  @Audited('integration.delete')
  @Endpoint({
    id: 'deleteConsoleMcpServer',
    summary: 'Delete an MCP-server integration of an agent',
    description: 'Its tools go with it, its secrets are wiped, and it no longer counts against the plan’s limit.',
    type: NothingEnvelopeResponse,
    errors: [400, 404],
  })
  remove(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Param('integrationId') id: string,
  ): Promise<null> {
    return this.removal.remove(scope, agentId, id);
  }

  @Post(':integrationId/test')
  @TeamKey('integrations:write')
  @NotAudited('nothing is changed but when the server was last reached')
  @Endpoint({
    id: 'testConsoleMcpServer',
    summary: 'Test the connection to an MCP server of an agent',
    description:
      'Connects, lists the tools and ends the session, within 20 seconds. When no session comes about it is a 400 ' +
      '(`integration_connection_failed`); when one does and the tools cannot be listed, a 200 with `success: false`.',
    type: McpServerTestEnvelopeResponse,
    errors: [400, 404],
  })
  test(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Param('integrationId') id: string,
  ): Promise<McpServerTestResponse> {
    return this.connection.test(scope, agentId, id);
  }

  @Post(':integrationId/discover')
  @TeamKey('integrations:write')
  @Audited('tool_binding.refresh')
  @Endpoint({
    id: 'discoverConsoleMcpServerTools',
    summary: 'Record the tools that an MCP server of an agent lists',
    description:
      'New tools are recorded as enabled, known ones keep their switch, and those that are no longer listed are disabled ' +
      'until they are listed again. All of it or nothing. A server that cannot be reached is a 400 ' +
      '(`integration_connection_failed`) and changes nothing.',
    type: DiscoveredToolsEnvelopeResponse,
    errors: [400, 404, 409],
  })
  discover(
    @Scope() scope: WorkspaceScope,
    @Param('agentId') agentId: string,
    @Param('integrationId') id: string,
  ): Promise<DiscoveredToolsResponse> {
    return this.discovery.discover(scope, agentId, id);
  }
}
