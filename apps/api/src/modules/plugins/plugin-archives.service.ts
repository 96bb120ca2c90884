import { Injectable } from '@nestjs/common';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { PluginArchivesRepository } from './plugin-archives.repository.js';
import type { InstalledPlugin } from './plugins.types.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** Longer than an installation can take. */
const leftoverAfterMs = 86_400_000;

/** The archives of installed plugins. They are large: written before the transaction that makes them count. */
@Injectable()
export class PluginArchivesService {
  constructor(
    private readonly repository: PluginArchivesRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Keeps an archive while `work` writes the plugin that names it, and removes it when that fails. What a process that died
   * in between left is removed by the workspace's next installation.
   */
  async keepFor<T>(scope: Tenant, archive: Buffer, work: (archiveId: string) => Promise<T>): Promise<T> {
    const now = this.clock.now();
    const archiveId = this.ids.next();
    await this.repository.removeLeftovers(scope, new Date(now.getTime() - leftoverAfterMs));
    try {
      await this.repository.insert(scope, archiveId, archive, now);
      return await work(archiveId);
    } catch (error) {
      await this.repository.remove(scope, archiveId);
      throw error;
    }
  }

  /** Removes the archive of a plugin that was replaced or uninstalled. Called in the transaction of that. */
  async discard(scope: Tenant, { archiveId }: InstalledPlugin): Promise<void> {
    await this.repository.remove(scope, archiveId);
  }

  /**
   * The archive in parts. Replaced or uninstalled on the way, it breaks off: nobody takes a mixture for a plugin.
   * @throws Error then.
   */
  async *read(scope: Tenant, { archiveId, archiveBytes }: InstalledPlugin): AsyncGenerator<Buffer> {
    let sent = 0;
    for (let number = 0; sent < archiveBytes; number++) {
      const part = await this.repository.readPart(scope, archiveId, number);
      if (part === null) throw new Error('the archive is gone');
      sent += part.byteLength;
      yield part;
    }
  }
}
