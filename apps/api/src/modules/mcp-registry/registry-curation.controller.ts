import { Controller, Param, Patch } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import { Caller, InstanceAdmin } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { CallerScope } from '#kernel';
import { CurateRegistryServerDto } from './dto/curate-registry-server.dto.js';
import { RegistryServerResponse } from './dto/registry-server.response.js';
import { RegistryCurationService } from './registry-curation.service.js';

/** Judging what the registry lists: for all workspaces of the instance at once. */
@ApiTags('MCP registry')
@Controller('api/v1/admin/mcp-registry')
export class RegistryCurationController {
  constructor(private readonly curation: RegistryCurationService) {}

  @Patch(':name')
  @InstanceAdmin()
  @Audited('mcp_registry.curate')
  @Endpoint({
    id: 'curateRegistryServer',
    summary: 'Curate a server of the MCP registry',
    description:
      'Sets how far it is trusted, whether it is featured and its category, for every workspace of this instance. No sync ' +
      'changes these; an entry that leaves the registry and comes back has them again.',
    type: RegistryServerResponse,
    body: CurateRegistryServerDto,
    errors: [400, 403, 404],
  })
  curate(
    @Caller() caller: CallerScope,
    @Param('name') name: string,
    @BodyAfterLookup(CurateRegistryServerDto) body: LateBody<CurateRegistryServerDto>,
  ): Promise<RegistryServerResponse> {
    return this.curation.curate(caller, name, body);
  }

  @Patch(':namespace/:server')
  @InstanceAdmin()
  @Audited('mcp_registry.curate')
  // The same operation by another spelling; two paths that overlap have no place in one document.
  @ApiExcludeEndpoint()
  curateByParts(
    @Caller() caller: CallerScope,
    @Param('namespace') namespace: string,
    @Param('server') server: string,
    @BodyAfterLookup(CurateRegistryServerDto) body: LateBody<CurateRegistryServerDto>,
  ): Promise<RegistryServerResponse> {
    return this.curation.curate(caller, `${namespace}/${server}`, body);
  }
}
