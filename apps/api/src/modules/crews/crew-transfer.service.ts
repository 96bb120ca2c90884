import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { maskBlob } from '../mcp-blobs/mcp-blob.js';
import { normalizedDomains } from './crew-rules.js';
import { CrewsRepository } from './crews.repository.js';
import type { Crew } from './crews.types.js';

/** A crew as it moves between instances. */
export type TransferredCrew = Omit<Crew, 'id' | 'workspaceId' | 'createdAt' | 'updatedAt'>;

/** Puts whole crews into a workspace: bundles. */
@Injectable()
export class CrewTransferService {
  constructor(
    private readonly repository: CrewsRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Adds crews in the caller's transaction and answers their ids by slug. Servers in an `mcpConfigJson` are not taken over:
   * the crew's integrations are transferred by themselves. One statement, one audit row.
   * @throws AppError 400 for a domain or blob that is none, `crew.slug_taken`.
   */
  async import(scope: WorkspaceScope, crews: readonly TransferredCrew[]): Promise<ReadonlyMap<string, string>> {
    if (crews.length === 0) return new Map();
    const now = this.clock.now();
    const rows = crews.map((crew) => ({
      ...crew,
      id: this.ids.next(),
      workspaceId: scope.workspaceId,
      allowedDomains: normalizedDomains(crew.allowedDomains),
      mcpConfigJson: crew.mcpConfigJson === null ? null : maskBlob(crew.mcpConfigJson),
      createdAt: now,
      updatedAt: now,
    }));
    await this.repository.insertAll(rows);
    const metadata = { count: rows.length, slugs: rows.slice(0, 100).map(({ slug }) => slug) };
    await this.audit.record(scope, { action: 'crew.import', entityType: 'CREW', entityId: null, metadata });
    return new Map(rows.map(({ slug, id }) => [slug, id]));
  }
}
