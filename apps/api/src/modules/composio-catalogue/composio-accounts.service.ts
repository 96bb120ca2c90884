import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type ComposioAccess, ComposioClient } from '#composio';
import type { WorkspaceScope } from '#kernel';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { composioCatalogueErrors } from './composio-catalogue.errors.js';
import { upstreamId } from './composio-parameters.js';
import type { ComposioConsentResponse } from './dto/composio-connection.response.js';

/** The life of an account that is connected already. */
@Injectable()
export class ComposioAccountsService {
  constructor(
    private readonly keys: ComposioKeys,
    private readonly composio: ComposioClient,
    private readonly audit: AuditLogService,
  ) {}

  /** Takes an account's authorisation back at the app. */
  async revoke(scope: WorkspaceScope, accountId: string): Promise<void> {
    const { access, id } = await this.#opened(scope, accountId);
    await this.composio.revokeAccount(access, id);
    await this.#record(scope, 'composio_account.revoke', id, {});
  }

  /** Refreshes an account. Answers where a person has to consent again, when that is what Composio wants, else null. */
  async refresh(scope: WorkspaceScope, accountId: string): Promise<ComposioConsentResponse | null> {
    const { access, id } = await this.#opened(scope, accountId);
    const { redirectUrl } = await this.composio.refreshAccount(access, id);
    await this.#record(scope, 'composio_account.refresh', id, { needs_consent: redirectUrl !== null });
    return redirectUrl === null ? null : { redirect_url: redirectUrl };
  }

  /** Removes an account at Composio. */
  async remove(scope: WorkspaceScope, accountId: string): Promise<void> {
    const { access, id } = await this.#opened(scope, accountId);
    await this.composio.deleteAccount(access, id);
    await this.#record(scope, 'composio_account.delete', id, {});
  }

  async #opened(scope: WorkspaceScope, accountId: string): Promise<{ access: ComposioAccess; id: string }> {
    const access = await this.keys.require(scope);
    if (accountId.trim() === '') throw composioCatalogueErrors.accountIdRequired();
    return { access, id: upstreamId('account id', accountId) };
  }

  #record(scope: WorkspaceScope, action: string, id: string, metadata: Record<string, boolean>): Promise<void> {
    const entry = { action, entityType: 'COMPOSIO_ACCOUNT', entityId: id, metadata };
    return this.audit.record(scope, entry);
  }
}
