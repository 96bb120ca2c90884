import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppConfig } from '#config';
import { Clock, type WorkspaceScope } from '#kernel';
import { EventsService } from '../events/events.service.js';
import { PluginArchivesService } from './plugin-archives.service.js';
import type { PluginSource } from './plugin-source.js';
import type { StagedPlugin } from './plugin-staging.service.js';
import { pluginErrors } from './plugins.errors.js';
import { PluginsRepository } from './plugins.repository.js';
import type { InstalledPlugin } from './plugins.types.js';

const mostPlugins = 100;
const mostBytesTogether = 1_073_741_824;

/** What is installed, with the audit row and the event of every change. Called inside a transaction. */
@Injectable()
export class PluginRecordsService {
  constructor(
    private readonly config: AppConfig,
    private readonly repository: PluginsRepository,
    private readonly archives: PluginArchivesService,
    private readonly audit: AuditLogService,
    private readonly events: EventsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes a plugin, whole, in place of the one of that name. Of two at once the one that is committed last stands.
   * @throws AppError 422 `plugin.too_many`, 413 `plugin.workspace_full`.
   */
  async store(
    scope: WorkspaceScope,
    source: PluginSource,
    staged: StagedPlugin,
    archiveId: string,
  ): Promise<InstalledPlugin> {
    await this.repository.hold(scope);
    const others = await this.repository.weighOthers(scope, source.name);
    if (others.count >= mostPlugins) throw pluginErrors.tooMany({ params: { max: mostPlugins } });
    if (others.bytes + staged.sizeBytes > mostBytesTogether) {
      throw pluginErrors.workspaceFull({ params: { max: mostBytesTogether } });
    }
    const before = await this.repository.findByName(scope, source.name);
    const { archive, verified, ...facts } = staged;
    const now = this.clock.now();
    const plugin: InstalledPlugin = {
      ...facts,
      // A new row has the id of its first archive.
      id: archiveId,
      name: source.name,
      source: source.text,
      archiveId,
      archiveBytes: archive.byteLength,
      installedAt: now,
      updatedAt: now,
    };
    const stored = await this.repository.put(scope, plugin);
    if (before) await this.archives.discard(scope, before);
    await this.audit.record(scope, {
      action: 'plugin.install',
      entityType: 'PLUGIN',
      entityId: stored.id,
      entityName: stored.name,
      metadata: {
        ...this.#facts(stored),
        verified,
        size_bytes: stored.sizeBytes,
        replaced_sha256: before?.sha256 ?? null,
      },
    });
    const download = `/api/v1/workspaces/${scope.workspaceId}/plugins/${encodeURIComponent(stored.name)}/download`;
    await this.events.publish(scope, {
      type: 'plugin.installed',
      payload: { ...this.#facts(stored), download_url: new URL(download, this.config.http.publicUrl).href },
    });
    return stored;
  }

  /** Removes a plugin. @throws AppError 404 `plugin.not_installed`. */
  async drop(scope: WorkspaceScope, name: string): Promise<void> {
    await this.repository.hold(scope);
    const removed = await this.repository.remove(scope, name);
    if (removed === null) throw pluginErrors.notInstalled();
    await this.archives.discard(scope, removed);
    await this.audit.record(scope, {
      action: 'plugin.uninstall',
      entityType: 'PLUGIN',
      entityId: removed.id,
      entityName: removed.name,
      metadata: this.#facts(removed),
    });
    await this.events.publish(scope, { type: 'plugin.uninstalled', payload: this.#facts(removed) });
  }

  #facts({ name, source, manifest, sha256 }: InstalledPlugin) {
    return { plugin: name, source, version: manifest.version || null, sha256 };
  }
}
