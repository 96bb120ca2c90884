import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { AppConfig } from '#config';
import { Clock, Ids, type Page, type PageRequest, raise, Transactions, type WorkspaceScope } from '#kernel';
import type { DeletedResponse } from '../server-settings/dto/deleted.response.js';
import type { CreateRedirectUriDto } from './dto/create-redirect-uri.dto.js';
import type { RedirectUriResponse } from './dto/redirect-uri.response.js';
import { oauthServersErrors } from './oauth-servers.errors.js';
import { callbackUrlOf, type RedirectUri } from './oauth-servers.types.js';
import { findRedirectUriFault } from './redirect-uri-rules.js';
import { RedirectUrisRepository } from './redirect-uris.repository.js';

/** Where a workspace lets flows end beside our own callback (RFC 9700, 2.1). */
@Injectable()
export class RedirectUrisService {
  constructor(
    private readonly repository: RedirectUrisRepository,
    private readonly config: AppConfig,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One page of the workspace's, newest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<RedirectUriResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    return { items: items.map(toResponse), total };
  }

  /** @throws AppError `oauth.redirect_uri_invalid` (400), `oauth.redirect_uri_taken` (409). */
  async create(scope: WorkspaceScope, { uri }: CreateRedirectUriDto): Promise<RedirectUriResponse> {
    const reason = findRedirectUriFault(uri);
    if (reason) {
      const fields = [{ field: 'uri', code: 'not_allowed', message: `uri ${reason}` }];
      throw oauthServersErrors.redirectUriInvalid({ params: { reason }, fields });
    }
    const row = { id: this.ids.next(), uri, createdById: scope.actor.userId, createdAt: this.clock.now() };
    return this.transactions.run(async () => {
      await this.repository.insert(scope, row);
      await this.#record(scope, 'oauth_redirect_uri.create', row);
      return toResponse(row);
    });
  }

  /** Flows that began with it still end. @throws AppError `oauth.redirect_uri_not_found`. */
  async remove(scope: WorkspaceScope, id: string): Promise<DeletedResponse> {
    return this.transactions.run(async () => {
      const row = (await this.repository.remove(scope, id)) ?? raise(oauthServersErrors.redirectUriNotFound());
      await this.#record(scope, 'oauth_redirect_uri.delete', row);
      return { status: 'deleted' };
    });
  }

  /**
   * Lets through our own callback and what the workspace registered, compared as text.
   * @throws AppError `oauth.redirect_uri_not_registered` (422) for everything else.
   */
  async requireRegistered(scope: Pick<WorkspaceScope, 'workspaceId'>, uri: string): Promise<void> {
    if (uri === callbackUrlOf(this.config.http.publicUrl)) return;
    if (!(await this.repository.exists(scope, uri))) throw oauthServersErrors.redirectUriNotRegistered();
  }

  #record(scope: WorkspaceScope, action: string, row: RedirectUri): Promise<void> {
    const entry = { action, entityType: 'OAUTH_REDIRECT_URI', entityId: row.id, entityName: row.uri };
    return this.audit.record(scope, { ...entry, metadata: redacted({ uri: row.uri }) });
  }
}

function toResponse(row: RedirectUri): RedirectUriResponse {
  return { id: row.id, uri: row.uri, created_by: row.createdById, created_at: row.createdAt.toISOString() };
}
