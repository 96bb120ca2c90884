import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { type ComposioAccess, ComposioClient, type ConnectLink } from '#composio';
import type { LateBody } from '#http';
import { AppError, tokenHash, type WorkspaceScope } from '#kernel';
import { AuthConfigsService, type FoundAuthConfig } from '../composio-bindings/auth-configs.service.js';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { composioCatalogueErrors } from './composio-catalogue.errors.js';
import { blankFields } from './composio-parameters.js';
import type { ComposioConnectionResponse } from './dto/composio-connection.response.js';
import type { ConnectComposioAccountDto } from './dto/connect-composio-account.dto.js';

interface LinkWish {
  authConfigId: string;
  userId: string;
  callbackUrl?: string;
}

/** Beginning to connect an account. */
@Injectable()
export class ComposioConnectService {
  // Workspaces that share the server's key have a lease each, so that within a process connections of one app go together.
  readonly #underWay = new Map<string, Promise<FoundAuthConfig>>();

  constructor(
    private readonly keys: ComposioKeys,
    private readonly composio: ComposioClient,
    private readonly authConfigs: AuthConfigsService,
    private readonly audit: AuditLogService,
  ) {}

  /** Finds the app's auth config, or makes one, and answers where a person authorises the account. */
  async connect(scope: WorkspaceScope, body: LateBody<ConnectComposioAccountDto>): Promise<ComposioConnectionResponse> {
    const access = await this.keys.require(scope);
    const dto = body.read();
    const userId = dto.user_id.trim();
    const toolkit = dto.toolkit.trim().toLowerCase();
    const fields = blankFields({ toolkit, user_id: userId }, 'toolkit and user_id are required');
    if (fields.length > 0) throw composioCatalogueErrors.connectFieldsRequired({ fields });
    const authConfig = await this.#authConfigFor(scope, access, toolkit);
    const wish = {
      authConfigId: authConfig.id,
      userId,
      ...(dto.callback_url ? { callbackUrl: dto.callback_url } : {}),
    };
    const link = await this.#link(access, authConfig, wish);
    await this.#record(scope, 'composio.connect', link.connectedAccountId, { toolkit, composio_user: userId });
    return { redirect_url: link.redirectUrl, connected_account_id: link.connectedAccountId, user_id: userId };
  }

  #authConfigFor(scope: WorkspaceScope, access: ComposioAccess, toolkit: string): Promise<FoundAuthConfig> {
    const key = `${tokenHash(access.apiKey.reveal())} ${toolkit}`;
    const running = this.#underWay.get(key);
    // Whoever waited has made nothing.
    if (running !== undefined) return running.then(({ id }) => ({ id, created: false }));
    const started = this.authConfigs.ensure(scope, access, toolkit).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, started);
    return started;
  }

  async #link(access: ComposioAccess, authConfig: FoundAuthConfig, wish: LinkWish): Promise<ConnectLink> {
    try {
      return await this.composio.createConnectLink(access, wish);
    } catch (cause) {
      if (!authConfig.created || !(cause instanceof AppError)) throw cause;
      throw composioCatalogueErrors.linkFailed({
        cause,
        params: { reason: cause.message, id: authConfig.id },
        details: cause.details,
        extensions: { auth_config_id: authConfig.id },
      });
    }
  }

  #record(scope: WorkspaceScope, action: string, id: string, metadata: Record<string, unknown>): Promise<void> {
    const entry = { action, entityType: 'COMPOSIO_ACCOUNT', entityId: id || null, metadata: redacted(metadata) };
    return this.audit.record(scope, entry);
  }
}
