import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import { WorkspaceFilesRepository } from './workspace-files.repository.js';
import type { TransferredFile } from './workspace-files.types.js';

/** Takes files out of a workspace and puts them into one: bundles and organisation templates. */
@Injectable()
export class FileTransferService {
  constructor(
    private readonly repository: WorkspaceFilesRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Every file of the workspace by path. */
  export(scope: Pick<WorkspaceScope, 'workspaceId'>): Promise<TransferredFile[]> {
    return this.repository.findAll(scope);
  }

  /**
   * Adds files to a workspace that has none of these paths, in the caller's transaction. The caller has judged the paths
   * and sizes. One audit row.
   */
  async import(scope: WorkspaceScope, files: readonly TransferredFile[]): Promise<void> {
    if (files.length === 0) return;
    const now = this.clock.now();
    const { workspaceId } = scope;
    const rows = files.map(({ path, content }) => {
      return { id: this.ids.next(), workspaceId, path, content, createdAt: now, updatedAt: now };
    });
    await this.repository.insertAll(rows);
    const metadata = { count: rows.length };
    await this.audit.record(scope, { action: 'file.import', entityType: 'WORKSPACE_FILE', entityId: null, metadata });
  }
}
