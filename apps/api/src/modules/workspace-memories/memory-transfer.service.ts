import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { withoutSecrets } from '#vault';
import { WorkspaceMemoriesRepository } from './workspace-memories.repository.js';
import { maxMemoryBytes, type TransferredMemory } from './workspace-memories.types.js';

const mostTransferred = 10_000;

/** Takes memories out of a workspace and puts them into one: bundles and organisation templates. */
@Injectable()
export class MemoryTransferService {
  constructor(
    private readonly repository: WorkspaceMemoriesRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Every memory of the workspace, oldest first. */
  async export(scope: Pick<WorkspaceScope, 'workspaceId'>): Promise<TransferredMemory[]> {
    const rows = await this.repository.findAll(scope, mostTransferred);
    return rows.map(({ content, scope: shared, namespace }) => ({ content, scope: shared, namespace }));
  }

  /**
   * Adds memories in the order given, in the caller's transaction; what looks like a secret in them is not kept. Answers
   * the places of those that are too long or empty and were left out. One audit row.
   */
  async import(scope: WorkspaceScope, memories: readonly TransferredMemory[]): Promise<number[]> {
    const fits = memories.map(({ content }) => content !== '' && Buffer.byteLength(content) <= maxMemoryBytes);
    const kept = memories.filter((_, at) => fits[at]).slice(0, mostTransferred);
    if (kept.length > 0) {
      const now = this.clock.now().getTime();
      const rows = kept.map((memory, at) => {
        // A millisecond apart, so that they are listed in their order.
        const createdAt = new Date(now + at);
        const content = withoutSecrets(memory.content);
        const { workspaceId } = scope;
        return { ...memory, id: this.ids.next(), workspaceId, content, createdAt, updatedAt: createdAt };
      });
      await this.repository.insertAll(rows);
      const metadata = { count: rows.length };
      await this.audit.record(scope, { action: 'memory.import', entityType: 'MEMORY', entityId: null, metadata });
    }
    return fits.flatMap((fit, at) => (fit ? [] : [at]));
  }
}
