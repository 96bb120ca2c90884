import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import type { LateBody } from '#http';
import { Transactions, type WorkspaceScope } from '#kernel';
import type { InstallPluginDto } from './dto/install-plugin.dto.js';
import type { PluginInstallationResponse } from './dto/plugin-installation.response.js';
import { PluginAllowlistsService } from './plugin-allowlists.service.js';
import { PluginArchivesService } from './plugin-archives.service.js';
import { PluginRecordsService } from './plugin-records.service.js';
import { type PluginSource, readPluginSource } from './plugin-source.js';
import { PluginStagingService, timedOut } from './plugin-staging.service.js';
import { pluginErrors } from './plugins.errors.js';
import { toPluginInstallationResponse } from './plugins.mapper.js';

/** Installing plugins: what is asked, whether it is allowed, fetching it, and writing it down, in this order. */
@Injectable()
export class PluginInstallService {
  constructor(
    private readonly config: AppConfig,
    private readonly allowlists: PluginAllowlistsService,
    private readonly staging: PluginStagingService,
    private readonly archives: PluginArchivesService,
    private readonly records: PluginRecordsService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Installs what a request asks for, in place of what the workspace has under that name.
   * @throws AppError 400, 403 `plugin.not_allowed`, 404, 413, 422, 502 or 504; nothing was changed then.
   */
  async install(scope: WorkspaceScope, body: LateBody<InstallPluginDto>): Promise<PluginInstallationResponse> {
    const { bodyMaxBytes, allowUnpinned } = this.config.plugins;
    if (body.bytes > bodyMaxBytes) throw pluginErrors.bodyTooLarge({ params: { max: bodyMaxBytes } });
    const { source, sha256 } = body.read();
    return await this.installFrom(scope, readPluginSource(source, { allowUnpinned }), sha256 || null);
  }

  /** The same for a source at hand, within `PLUGIN_INSTALL_FETCH_TIMEOUT`. No call leaves the house in the transaction. */
  async installFrom(
    scope: WorkspaceScope,
    source: PluginSource,
    claimed: string | null,
  ): Promise<PluginInstallationResponse> {
    const signal = AbortSignal.timeout(this.config.plugins.fetchTimeoutMs);
    await this.allowlists.check(scope, source);
    const staged = await this.staging.stage(source, claimed, signal);
    if (signal.aborted) throw timedOut(source);
    const plugin = await this.archives.keepFor(scope, staged.archive, (archiveId) =>
      this.transactions.run(async () => {
        // A list may have been narrowed while the plugin was fetched.
        await this.allowlists.check(scope, source);
        return await this.records.store(scope, source, staged, archiveId);
      }),
    );
    return toPluginInstallationResponse(plugin, staged.verified);
  }
}
