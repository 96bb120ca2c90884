import { Injectable } from '@nestjs/common';
import { pageRequestOf, paginationOf, parseInstant } from '#http';
import type { WorkspaceScope } from '#kernel';
import { toAuditEntryResponse } from './audit.mapper.js';
import { AuditRepository } from './audit.repository.js';
import type { AuditPageResponse } from './dto/audit.response.js';
import type { ListAuditQuery } from './dto/list-audit.query.js';

/** Reading the audit log. Writing it is the library's, inside each change. */
@Injectable()
export class AuditService {
  constructor(private readonly repository: AuditRepository) {}

  /** One page of the workspace's log, newest first. */
  async list(scope: WorkspaceScope, query: ListAuditQuery): Promise<AuditPageResponse> {
    const filter = {
      ...query,
      entityType: query.entity_type,
      entityId: query.entity_id,
      userId: query.user_id,
      from: (query.date_from && parseInstant(query.date_from)) || undefined,
      to: (query.date_to && parseInstant(query.date_to, 'end')) || undefined,
    };
    const { items, total } = await this.repository.findMany(scope, filter, pageRequestOf(query));
    return { data: items.map(toAuditEntryResponse), pagination: paginationOf(query, total) };
  }
}
