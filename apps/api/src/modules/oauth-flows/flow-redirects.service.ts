import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import type { WorkspaceScope } from '#kernel';
import { callbackUrlOf } from '../oauth-servers/oauth-servers.types.js';
import { RedirectUrisService } from '../oauth-servers/redirect-uris.service.js';
import { isLoopbackRedirect } from './redirect-rules.js';

/** Where providers may send browsers. Nothing of it comes from a request's headers. */
@Injectable()
export class FlowRedirects {
  /** Our callback, below the configured public URL. */
  readonly own: string;

  constructor(
    private readonly registered: RedirectUrisService,
    config: AppConfig,
  ) {
    this.own = callbackUrlOf(config.http.publicUrl);
  }

  /** @throws AppError 422 unless the URI is ours, a loopback one, or registered for the workspace. */
  async require(scope: WorkspaceScope, uri: string): Promise<void> {
    if (uri === this.own || isLoopbackRedirect(uri)) return;
    await this.registered.requireRegistered(scope, uri);
  }
}
