import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { WorkspaceScope } from '#kernel';
import { PluginArchivesService } from './plugin-archives.service.js';
import { PluginsService } from './plugins.service.js';

/** Hands out the archives of installed plugins, a few megabytes of them in memory at a time. */
@Injectable()
export class PluginDownloadService {
  constructor(
    private readonly plugins: PluginsService,
    private readonly archives: PluginArchivesService,
  ) {}

  /**
   * Sends the archive, or 304 when the caller has it already. Replaced or removed on the way, the connection breaks off
   * before the promised length, so that nobody takes a mixture for a plugin.
   * @throws AppError 404 `plugin.not_installed`.
   */
  async send(scope: WorkspaceScope, name: string, request: Request, response: Response): Promise<void> {
    const plugin = await this.plugins.getInstalled(scope, name);
    const etag = `"${plugin.sha256}"`;
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', 'private, no-cache');
    if (
      request.headers['if-none-match']?.split(',').some((tag) => [etag, '*'].includes(tag.trim().replace(/^W\//, '')))
    ) {
      response.status(304).end();
      return;
    }
    response.setHeader('Content-Type', 'application/gzip');
    response.setHeader('Content-Length', plugin.archiveBytes);
    response.setHeader('Content-Disposition', `attachment; filename="${plugin.name}.tar.gz"`);
    response.setHeader('X-Plugin-Name', plugin.name);
    response.setHeader('X-Plugin-Source', encodeURI(plugin.source));
    response.setHeader('X-Plugin-Sha256', plugin.sha256);
    // A caller who goes away ends it, which is nobody's fault.
    await pipeline(this.archives.read(scope, plugin), response).catch(() => response.destroy());
  }
}
