import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, raise, Transactions, type WorkspaceScope } from '#kernel';
import { WorkspaceRuntimesService } from '../workspace-runtimes/workspace-runtimes.service.js';
import { supportsRuntime } from './compatibility-rules.js';
import type { InstalledPluginResponse } from './dto/installed-plugin.response.js';
import type { PluginResponse } from './dto/plugin.response.js';
import type { PluginCompatibilityResponse } from './dto/plugin-compatibility.response.js';
import type { PluginUninstallationResponse } from './dto/plugin-uninstallation.response.js';
import { PluginRecordsService } from './plugin-records.service.js';
import { PluginRegistryService } from './plugin-registry.service.js';
import { isPluginName } from './plugin-source.js';
import { pluginErrors } from './plugins.errors.js';
import { toInstalledPluginResponse, toPluginResponse } from './plugins.mapper.js';
import { PluginsRepository } from './plugins.repository.js';
import type { InstalledPlugin } from './plugins.types.js';

const everything = { limit: 100, offset: 0 };

/** What there is to install, and what a workspace has installed. */
@Injectable()
export class PluginsService {
  constructor(
    private readonly repository: PluginsRepository,
    private readonly registry: PluginRegistryService,
    private readonly runtimes: WorkspaceRuntimesService,
    private readonly records: PluginRecordsService,
    private readonly transactions: Transactions,
  ) {}

  /** The plugins of the registry, by name; only those for a runtime, where it is given. */
  async listRegistry(page: PageRequest, runtime: string | null): Promise<Page<PluginResponse>> {
    const { items, total } = await this.registry.list(page, runtime);
    return { items: items.map(toPluginResponse), total };
  }

  /** The plugins of the registry that run on the workspace's runtime. */
  async listAvailable(scope: WorkspaceScope, page: PageRequest): Promise<Page<PluginResponse>> {
    const { runtime } = await this.runtimes.find(scope);
    return await this.listRegistry(page, runtime);
  }

  /** What is installed, by name, each with whether it runs on the workspace's runtime. */
  async listInstalled(scope: WorkspaceScope, page: PageRequest): Promise<Page<InstalledPluginResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    const { runtime } = await this.runtimes.find(scope);
    return { items: items.map((plugin) => toInstalledPluginResponse(plugin, runtime)), total };
  }

  /** Which of the installed plugins would run on another runtime. */
  async compareWith(scope: WorkspaceScope, runtime: string): Promise<PluginCompatibilityResponse> {
    const { items } = await this.repository.findMany(scope, everything);
    const shown = (fits: boolean): InstalledPluginResponse[] =>
      items
        .filter(({ manifest }) => supportsRuntime(manifest, runtime) === fits)
        .map((plugin) => toInstalledPluginResponse(plugin, runtime));
    const incompatible = shown(false);
    return {
      target_runtime: runtime,
      compatible: shown(true),
      incompatible,
      all_compatible: incompatible.length === 0,
    };
  }

  /** Uninstalls a plugin. @throws AppError 400 `plugin.invalid_name`, 404 `plugin.not_installed`. */
  async uninstall(scope: WorkspaceScope, name: string): Promise<PluginUninstallationResponse> {
    if (!isPluginName(name)) throw pluginErrors.invalidName();
    await this.transactions.run(() => this.records.drop(scope, name));
    return { status: 'uninstalled', plugin: name };
  }

  /** An installed plugin. @throws AppError 400 `plugin.invalid_name`, 404 `plugin.not_installed`. */
  async getInstalled(scope: WorkspaceScope, name: string): Promise<InstalledPlugin> {
    if (!isPluginName(name)) throw pluginErrors.invalidName();
    return (await this.repository.findByName(scope, name)) ?? raise(pluginErrors.notInstalled());
  }
}
