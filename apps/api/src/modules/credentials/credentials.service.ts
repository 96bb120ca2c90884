import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { Clock, type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import { decodeCursor, encodeCursor } from './credential-cursor.js';
import { CredentialEventsRepository } from './credential-events.repository.js';
import { viewerOf } from './credential-viewer.js';
import { credentialErrors } from './credentials.errors.js';
import { type AnswerContext, toCredentialResponse, toEventResponse } from './credentials.mapper.js';
import { type CredentialFilter, CredentialsRepository } from './credentials.repository.js';
import type { CredentialInContext, CredentialRef } from './credentials.types.js';
import type { CredentialResponse } from './dto/credential.response.js';
import type { CredentialEventResponse } from './dto/credential-event.response.js';
import type { CredentialPageResponse } from './dto/credential-page.response.js';
import type { ListCredentialsQuery } from './dto/list-credentials.query.js';

/** Reading credentials, for callers and for features that refer to them. Values are not read here. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly repository: CredentialsRepository,
    private readonly events: CredentialEventsRepository,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** The credentials that the caller may know of: a page by offset, or by cursor with `paginate=true`. */
  async list(
    scope: WorkspaceScope,
    query: ListCredentialsQuery,
  ): Promise<Page<CredentialResponse> | CredentialPageResponse> {
    const filter: CredentialFilter = {
      viewer: viewerOf(scope),
      search: query.search?.trim() || null,
      tag: query.tag?.trim().toLowerCase() || null,
    };
    if (query.paginate === 'true') return this.#pageAfter(scope, filter, query);
    const { items, total } = await this.repository.findMany(scope, filter, query);
    return { items: this.#answers(items), total };
  }

  /** @throws AppError `credential.not_found`, also for one that the caller may not know of. */
  async get(scope: WorkspaceScope, id: string): Promise<CredentialResponse> {
    return toCredentialResponse(await this.getRow(scope, id), this.#context());
  }

  /** The stored row, as far as the caller may know of it. @throws AppError `credential.not_found`. */
  async getRow(scope: WorkspaceScope, id: string): Promise<CredentialInContext> {
    const row = await this.repository.findById(scope, id, viewerOf(scope));
    return row ?? raise(credentialErrors.notFound());
  }

  /**
   * A live credential of the workspace in short, whoever may see it; null when there is none. Inside a transaction it is
   * kept from being deleted until the end, so that a row that refers to it may be written.
   */
  findRef(scope: WorkspaceScope, id: string): Promise<CredentialRef | null> {
    return this.repository.findRefAndHold(scope, id);
  }

  /** One page of a credential's timeline, newest first. @throws AppError `credential.not_found`. */
  async timeline(scope: WorkspaceScope, id: string, page: PageRequest): Promise<Page<CredentialEventResponse>> {
    await this.getRow(scope, id);
    const { items, total } = await this.events.findMany(scope, id, page);
    return { items: items.map(toEventResponse), total };
  }

  #answers(rows: readonly CredentialInContext[]): CredentialResponse[] {
    const context = this.#context();
    return rows.map((row) => toCredentialResponse(row, context));
  }

  #context(): AnswerContext {
    return { now: this.clock.now(), publicUrl: this.config.http.publicUrl };
  }

  async #pageAfter(
    scope: WorkspaceScope,
    filter: CredentialFilter,
    query: ListCredentialsQuery,
  ): Promise<CredentialPageResponse> {
    const { limit } = query;
    if (limit < 1) throw credentialErrors.invalidLimit();
    const cursor = query.cursor ? decodeCursor(query.cursor) : null;
    const rows = await this.repository.findAfter(scope, filter, { cursor, take: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      credentials: this.#answers(shown),
      next_cursor: last ? encodeCursor(last) : null,
      limit,
    };
  }
}
