import { Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, InstanceAdmin } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody } from '#http';
import type { CallerScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { PluginAllowlistResponse } from './dto/plugin-allowlist.response.js';
import { PutPluginAllowlistDto } from './dto/put-plugin-allowlist.dto.js';
import { PluginAllowlistsService } from './plugin-allowlists.service.js';

/** Which plugins may be installed in a workspace and in all below it. An organisation is its topmost workspace. */
@ApiTags('Plugins')
@Controller('api/v1/orgs/:workspaceId/plugins/allowlist')
export class PluginAllowlistsController {
  constructor(private readonly allowlists: PluginAllowlistsService) {}

  @Get()
  @WorkspaceParameter()
  @InstanceAdmin()
  @Endpoint({
    id: 'getPluginAllowlist',
    summary: 'Get the list of plugins that a workspace and all below it may install',
    type: PluginAllowlistResponse,
    errors: [404],
  })
  get(@Param('workspaceId') workspaceId: string): Promise<PluginAllowlistResponse> {
    return this.allowlists.get(workspaceId);
  }

  @Put()
  @WorkspaceParameter()
  @InstanceAdmin()
  @Audited('plugin_allowlist.update')
  @Endpoint({
    id: 'putPluginAllowlist',
    summary: 'Replace the list of plugins that a workspace and all below it may install',
    description:
      'An empty list allows everything. A plugin must be on every list at or above the workspace that installs it: a list below ' +
      'narrows, never widens. What is installed already stays.',
    type: PluginAllowlistResponse,
    body: PutPluginAllowlistDto,
    errors: [400, 404],
  })
  put(
    @Caller() caller: CallerScope,
    @Param('workspaceId') workspaceId: string,
    @BodyAfterLookup(PutPluginAllowlistDto) body: LateBody<PutPluginAllowlistDto>,
  ): Promise<PluginAllowlistResponse> {
    return this.allowlists.put(caller, workspaceId, body);
  }
}
