import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiExtraModels, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, Scope, SignedIn } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, problemContentType, sendTaggedPage, Tagged } from '#http';
import type { WorkspaceScope } from '#kernel';
import { InstallProblemResponse } from './dto/install-problem.response.js';
import { InstallRegistryServerDto } from './dto/install-registry-server.dto.js';
import { InstalledRegistryServerResponse } from './dto/installed-registry-server.response.js';
import { ListRegistryQuery } from './dto/list-registry.query.js';
import { RegistryServerResponse } from './dto/registry-server.response.js';
import { SearchRegistryQuery } from './dto/search-registry.query.js';
import { InstallEntryService } from './install/install-entry.service.js';
import { McpRegistryService } from './mcp-registry.service.js';

const tagHeader = { ETag: 'Tag of this page; send it as `If-None-Match`.' };

/** Our copy of the public registry of MCP servers (seed 000, "MCP Registry"). */
@ApiTags('MCP registry')
@Controller('api/v1/mcp-registry')
export class McpRegistryController {
  constructor(
    private readonly registry: McpRegistryService,
    private readonly installation: InstallEntryService,
  ) {}

  @Get()
  @SignedIn()
  @Endpoint({
    id: 'listRegistryServers',
    summary: 'List the servers of the MCP registry',
    description:
      'Featured ones first, then by the bytes of the name. Entries that the registry removed are not listed.',
    type: [RegistryServerResponse],
    paged: true,
    headers: tagHeader,
    errors: [400],
  })
  @Tagged()
  async list(@Query() query: ListRegistryQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    sendTaggedPage(request, response, await this.registry.list(query));
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
    headers: tagHeader,
    errors: [400],
  })
  @Tagged()
  async search(@Query() query: SearchRegistryQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    sendTaggedPage(request, response, await this.registry.search(query));
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

  @Post(':name/install')
  @Access('registry:manage')
  @Audited('integration.create', 'crew_integration.create', 'credential.create')
  @Endpoint({
    id: 'installRegistryServer',
    summary: 'Install a server of the MCP registry',
    description:
      'Makes it an integration of the workspace or of a crew, with packages pinned to their version. Without the variables ' +
      'that it requires the answer is 422, whose `variables` describes everything that it asks for.',
    status: 201,
    type: InstalledRegistryServerResponse,
    body: InstallRegistryServerDto,
    errors: [400, 404, 409],
  })
  @ApiExtraModels(InstallProblemResponse)
  @ApiResponse({
    status: 422,
    description: 'Variables are missing or wrong, or the server cannot be used here.',
    content: { [problemContentType]: { schema: { $ref: getSchemaPath(InstallProblemResponse) } } },
  })
  install(
    @Scope() scope: WorkspaceScope,
    @Param('name') name: string,
    @BodyAfterLookup(InstallRegistryServerDto) body: LateBody<InstallRegistryServerDto>,
  ): Promise<InstalledRegistryServerResponse> {
    return this.installation.install(scope, name, body);
  }

  @Post(':namespace/:server/install')
  @Access('registry:manage')
  @Audited('integration.create', 'crew_integration.create', 'credential.create')
  @HttpCode(201)
  @ApiExcludeEndpoint()
  installByParts(
    @Scope() scope: WorkspaceScope,
    @Param('namespace') namespace: string,
    @Param('server') server: string,
    @BodyAfterLookup(InstallRegistryServerDto) body: LateBody<InstallRegistryServerDto>,
  ): Promise<InstalledRegistryServerResponse> {
    return this.installation.install(scope, `${namespace}/${server}`, body);
  }
}
