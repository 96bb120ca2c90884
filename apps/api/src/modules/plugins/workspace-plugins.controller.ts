import { Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, Scope } from '#access';
import { Audited } from '#audit-log';
import { BodyAfterLookup, Endpoint, type LateBody, PageQuery, Tagged } from '#http';
import type { Page, WorkspaceScope } from '#kernel';
import { WorkspaceParameter } from '../workspaces/workspace-parameter.decorator.js';
import { InstallPluginDto } from './dto/install-plugin.dto.js';
import { InstalledPluginResponse } from './dto/installed-plugin.response.js';
import { PluginResponse } from './dto/plugin.response.js';
import { PluginCompatibilityQuery } from './dto/plugin-compatibility.query.js';
import { PluginCompatibilityResponse } from './dto/plugin-compatibility.response.js';
import { PluginInstallationResponse } from './dto/plugin-installation.response.js';
import { PluginUninstallationResponse } from './dto/plugin-uninstallation.response.js';
import { PluginDownloadService } from './plugin-download.service.js';
import { PluginInstallService } from './plugin-install.service.js';
import { PluginProblems } from './plugin-problems.decorator.js';
import { PluginsService } from './plugins.service.js';

/** The plugins of a workspace (seed 004, "plugins"). */
@ApiTags('Plugins')
@Controller('api/v1/workspaces/:workspaceId/plugins')
export class WorkspacePluginsController {
  constructor(
    private readonly plugins: PluginsService,
    private readonly installation: PluginInstallService,
    private readonly downloads: PluginDownloadService,
  ) {}

  @Get()
  @WorkspaceParameter()
  @Access('plugin:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listWorkspacePlugins',
    summary: 'List the plugins that a workspace has installed',
    description: 'By name. A workspace has at most 100, of 1 GiB together.',
    type: [InstalledPluginResponse],
    paged: true,
    errors: [404],
  })
  list(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<InstalledPluginResponse>> {
    return this.plugins.listInstalled(scope, page);
  }

  @Post()
  @WorkspaceParameter()
  @Access('plugin:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('plugin.install')
  @PluginProblems()
  @Endpoint({
    id: 'installWorkspacePlugin',
    summary: 'Install a plugin in a workspace',
    description:
      'Fetches the plugin, checks it and keeps it, in place of the one of that name; the event `plugin.installed` tells the ' +
      'agents to fetch it from `…/plugins/{name}/download`. Lists of the organisation are looked at before anything is fetched. ' +
      'Only files and folders with plain relative paths are taken, at most 10,000 of them and `PLUGIN_INSTALL_MAX_DIR_BYTES` ' +
      'together; links, devices and paths that lead elsewhere refuse the whole plugin. A `sha256` string in its `manifest.json` ' +
      'must be the digest of all other files. The body has at most `PLUGIN_INSTALL_BODY_MAX_BYTES`; everything together takes ' +
      'at most `PLUGIN_INSTALL_FETCH_TIMEOUT`.',
    type: PluginInstallationResponse,
    body: InstallPluginDto,
    errors: [400, 404, 413, 422, 502, 504],
  })
  install(
    @Scope() scope: WorkspaceScope,
    @BodyAfterLookup(InstallPluginDto) body: LateBody<InstallPluginDto>,
  ): Promise<PluginInstallationResponse> {
    return this.installation.install(scope, body);
  }

  @Get('available')
  @WorkspaceParameter()
  @Access('plugin:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'listAvailablePlugins',
    summary: 'List the plugins of the registry that run on a workspace’s runtime',
    type: [PluginResponse],
    paged: true,
    errors: [404],
  })
  available(@Scope() scope: WorkspaceScope, @Query() page: PageQuery): Promise<Page<PluginResponse>> {
    return this.plugins.listAvailable(scope, page);
  }

  @Get('compatibility')
  @WorkspaceParameter()
  @Access('plugin:read', { in: 'path', orWorkspaceToken: true })
  @Endpoint({
    id: 'getPluginCompatibility',
    summary: 'Tell which installed plugins would run on another runtime',
    type: PluginCompatibilityResponse,
    errors: [400, 404],
  })
  compatibility(
    @Scope() scope: WorkspaceScope,
    @Query() query: PluginCompatibilityQuery,
  ): Promise<PluginCompatibilityResponse> {
    return this.plugins.compareWith(scope, query.runtime);
  }

  @Get(':name/download')
  @WorkspaceParameter()
  @Access('plugin:read', { in: 'path', orWorkspaceToken: true })
  @Tagged()
  @Endpoint({
    id: 'downloadWorkspacePlugin',
    summary: 'Get the files of an installed plugin as tar.gz',
    description: 'The same files give the same bytes. The entity tag is the digest of the files.',
    content: 'application/gzip',
    headers: {
      ETag: 'Digest of the files, in quotes.',
      'Content-Disposition': 'A file name to save it under.',
      'X-Plugin-Name': 'Name of the plugin.',
      'X-Plugin-Source': 'Where it came from, percent-encoded.',
      'X-Plugin-Sha256': 'SHA-256 (hex) of all its files, as `sha256` of the plugin.',
    },
    errors: [400, 404],
  })
  download(
    @Scope() scope: WorkspaceScope,
    @Param('name') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.downloads.send(scope, name, request, response);
  }

  @Delete(':name')
  @WorkspaceParameter()
  @Access('plugin:manage', { in: 'path', orWorkspaceToken: true })
  @Audited('plugin.uninstall')
  @Endpoint({
    id: 'uninstallWorkspacePlugin',
    summary: 'Uninstall a plugin',
    description: 'The event `plugin.uninstalled` tells the agents.',
    type: PluginUninstallationResponse,
    errors: [400, 404],
  })
  uninstall(@Scope() scope: WorkspaceScope, @Param('name') name: string): Promise<PluginUninstallationResponse> {
    return this.plugins.uninstall(scope, name);
  }
}
