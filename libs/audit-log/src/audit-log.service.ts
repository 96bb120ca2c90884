import { Injectable } from '@nestjs/common';
import { type CallerScope, Clock, Ids } from '#kernel';
import { type Prisma, PrismaService } from '#prisma';
import type { ChangeSink } from './change-sink.js';

/** One change, as it is told to the audit log. */
export interface AuditEntry {
  /** `noun.verb`, such as `integration.create`. */
  action: string;
  /** What was changed, such as `INTEGRATION`. */
  entityType: string;
  entityId: string | null;
  /** Name of the thing, kept because the row may be gone when the log is read. */
  entityName?: string | null;
  /** Redacted facts: make it with `redacted` or `redactedDiff`. */
  metadata?: Record<string, unknown>;
  /** Workspace of the change where the scope has none. */
  workspaceId?: string | null;
  /** The person, where the scope does not know them yet (signing in). */
  userId?: string | null;
}

/** Writes audit rows. Called inside the transaction of the change, so that one never exists without the other. */
@Injectable()
export class AuditLogService {
  #sink: ChangeSink | null = null;

  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Has every recorded change told to the sink, in the transaction of the change. Nobody is told unless this was called. */
  tell(sink: ChangeSink): void {
    this.#sink = sink;
  }

  /** Records one change made by the scope's caller. */
  async record(scope: CallerScope, entry: AuditEntry): Promise<void> {
    const { actor, origin } = scope;
    const workspaceId = entry.workspaceId ?? ('workspaceId' in scope ? (scope.workspaceId as string) : null);
    const userId = entry.userId ?? actor.userId;
    const metadata = entry.metadata ?? {};
    const entityName = entry.entityName ?? null;
    await this.prisma.client.auditLog.create({
      data: {
        id: this.ids.next(),
        workspaceId,
        userId,
        actorType: actor.kind,
        tokenId: actor.tokenId,
        action: entry.action,
        entityType: entry.entityType,
        entityId: entry.entityId,
        entityName,
        metadata: metadata as Prisma.InputJsonObject,
        ipAddress: origin.ip,
        userAgent: origin.userAgent,
        requestId: origin.requestId,
        createdAt: this.clock.now(),
      },
      select: { id: true },
    });
    const { action, entityType, entityId } = entry;
    const recorded = { action, entityType, entityId, entityName, metadata, workspaceId, userId, actorKind: actor.kind };
    await this.#sink?.recorded(recorded);
  }
}
