import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import { SignedIn } from '#access';
import { Endpoint } from '#http';
import type { Page } from '#kernel';
import { ListRegistryQuery } from './dto/list-registry.query.js';
import { RegistryServerResponse } from './dto/registry-server.response.js';
import { SearchRegistryQuery } from './dto/search-registry.query.js';
import { McpRegistryService } from './mcp-registry.service.js';

/** Our copy of the public registry of MCP servers (seed 000, "MCP Registry"). */
@ApiTags('MCP registry')
@Controller('api/v1/mcp-registry')
export class McpRegistryController {
  constructor(private readonly registry: McpRegistryService) {}

  @Get()
  @SignedIn()
  @Endpoint({
    id: 'listRegistryServers',
    summary: 'List the servers of the MCP registry',
    description:
      'Featured ones first, then by the bytes of the name. Entries that the registry removed are not listed.',
    type: [RegistryServerResponse],
    paged: true,
    errors: [400],
  })
  list(@Query() query: ListRegistryQuery): Promise<Page<RegistryServerResponse>> {
    return this.registry.list(query);
  }

  @Get('search')
  @SignedIn()
  @Endpoint({
    id: 'searchRegistryServers',
    summary: 'Search the MCP registry',
    description:
      'A plain substring in any case; no character is a wildcard. Featured entries first, then those that have it in ' +
      'their name, then by name.',
    type: [RegistryServerResponse],
    paged: true,
    errors: [400],
  })
  search(@Query() query: SearchRegistryQuery): Promise<Page<RegistryServerResponse>> {
    return this.registry.search(query);
  }

  @Get(':name')
  @SignedIn()
  @Endpoint({
    id: 'getRegistryServer',
    summary: 'Get one server of the MCP registry',
    description: 'The slash of the name is written `%2F`; as it is, it works too.',
    type: RegistryServerResponse,
    errors: [404],
  })
  get(@Param('name') name: string): Promise<RegistryServerResponse> {
    return this.registry.get(name);
  }

  @Get(':namespace/:server')
  @SignedIn()
  // The same operation by another spelling; two paths that overlap have no place in one document.
  @ApiExcludeEndpoint()
  getByParts(@Param('namespace') namespace: string, @Param('server') server: string): Promise<RegistryServerResponse> {
    return this.registry.get(`${namespace}/${server}`);
  }
}
