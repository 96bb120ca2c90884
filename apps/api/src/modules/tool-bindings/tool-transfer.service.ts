import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Ids, type WorkspaceScope } from '#kernel';
import type { TransferredTool } from './tool-bindings.types.js';
import { ToolTransferRepository } from './tool-transfer.repository.js';

/** Puts the tools of servers that were just made into a workspace: bundles. */
@Injectable()
export class ToolTransferService {
  constructor(
    private readonly repository: ToolTransferRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Adds tools in the caller's transaction. One statement, one audit row. */
  async import(scope: WorkspaceScope, tools: readonly TransferredTool[]): Promise<void> {
    if (tools.length === 0) return;
    const now = this.clock.now();
    await this.repository.insertAll(
      scope,
      tools.map((tool) => ({ ...tool, id: this.ids.next() })),
      now,
    );
    const metadata = { count: tools.length };
    await this.audit.record(scope, {
      action: 'tool_binding.import',
      entityType: 'TOOL_BINDING',
      entityId: null,
      metadata,
    });
  }
}
