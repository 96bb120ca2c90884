import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '#access';
import { Endpoint } from '#http';
import type { Page } from '#kernel';
import { ListPluginsQuery } from './dto/list-plugins.query.js';
import { PluginResponse } from './dto/plugin.response.js';
import { PluginSourcesResponse } from './dto/plugin-sources.response.js';
import { pluginSchemes } from './plugin-source.js';
import { PluginsService } from './plugins.service.js';

/** The registry of plugins on this instance (seed 004, "plugins"). */
@ApiTags('Plugins')
@Controller('api/v1/plugins')
export class PluginsController {
  constructor(private readonly plugins: PluginsService) {}

  @Get()
  @Public('The registry is the same for everybody and holds no secrets')
  @Endpoint({
    id: 'listPlugins',
    summary: 'List the plugins of the registry',
    description:
      'The folders under `PLUGINS_DIR`, by name. A plugin whose `plugin.yaml` cannot be read has only its name.',
    type: [PluginResponse],
    paged: true,
    errors: [400],
  })
  list(@Query() query: ListPluginsQuery): Promise<Page<PluginResponse>> {
    return this.plugins.listRegistry(query, query.runtime || null);
  }

  @Get('sources')
  @Public('Says what this version of the product can do')
  @Endpoint({ id: 'listPluginSources', summary: 'List the schemes of plugin sources', type: PluginSourcesResponse })
  sources(): PluginSourcesResponse {
    return { schemes: [...pluginSchemes] };
  }
}
