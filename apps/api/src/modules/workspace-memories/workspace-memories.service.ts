import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Ids, type Page, type PageRequest, Transactions, type WorkspaceScope } from '#kernel';
import { withoutSecrets } from '#vault';
import type { CreateWorkspaceMemoryDto } from './dto/create-workspace-memory.dto.js';
import type { WorkspaceMemoryResponse } from './dto/workspace-memory.response.js';
import { memoryErrors } from './workspace-memories.errors.js';
import { toWorkspaceMemoryResponse } from './workspace-memories.mapper.js';
import { type MemoryFilter, WorkspaceMemoriesRepository } from './workspace-memories.repository.js';
import { maxMemoryBytes, type WorkspaceMemory } from './workspace-memories.types.js';

const mostMemories = 10_000;

/** What a workspace remembers. */
@Injectable()
export class WorkspaceMemoriesService {
  constructor(
    private readonly repository: WorkspaceMemoriesRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One page, newest first. */
  async list(scope: WorkspaceScope, query: MemoryFilter & PageRequest): Promise<Page<WorkspaceMemoryResponse>> {
    const { items, total } = await this.repository.findMany(scope, query, query);
    return { items: items.map(toWorkspaceMemoryResponse), total };
  }

  /** Adds a memory; what looks like a secret in it is not kept. @throws AppError 400, or 409 beside 10,000 others. */
  create(scope: WorkspaceScope, dto: CreateWorkspaceMemoryDto): Promise<WorkspaceMemoryResponse> {
    const content = withoutSecrets(dto.content);
    if (Buffer.byteLength(dto.content) > maxMemoryBytes) throw memoryErrors.tooLong();
    return this.transactions.run(async () => {
      if ((await this.repository.countAndHold(scope)) >= mostMemories) throw memoryErrors.tooMany();
      const now = this.clock.now();
      const row: WorkspaceMemory = {
        id: this.ids.next(),
        content,
        scope: dto.scope ?? 'LOCAL',
        namespace: dto.namespace || 'general',
        createdAt: now,
        updatedAt: now,
      };
      await this.repository.insertAll([{ ...row, workspaceId: scope.workspaceId }]);
      await this.#record(scope, 'memory.create', row.id, { scope: row.scope, namespace: row.namespace });
      return toWorkspaceMemoryResponse(row);
    });
  }

  /** Forgets one. @throws AppError `memory.not_found`. */
  remove(scope: WorkspaceScope, id: string): Promise<{ status: 'deleted' }> {
    return this.transactions.run(async () => {
      if (!(await this.repository.remove(scope, id))) throw memoryErrors.notFound();
      await this.#record(scope, 'memory.delete', id, {});
      return { status: 'deleted' };
    });
  }

  #record(scope: WorkspaceScope, action: string, entityId: string, metadata: Record<string, unknown>): Promise<void> {
    return this.audit.record(scope, { action, entityType: 'MEMORY', entityId, metadata });
  }
}
