import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';
import type { Claim, IdempotentCall } from './idempotency.types.js';

/** A claim that is to be made. */
export interface NewClaim extends Omit<IdempotentCall, 'refusalOfReuse'>, Claim {
  now: Date;
  /** Until when nobody else may have it, answered or not. */
  lockedUntil: Date;
  /** When it is forgotten, with its answer. */
  expiresAt: Date;
}

/** What stands under a scope. */
export interface StoredCall extends Claim {
  fingerprint: string;
  /** Null while it is under way. */
  answer: { status: number; sealed: string } | null;
}

/** The rows of `idempotency_keys`. Each method is one statement, so that no lock outlives it. */
@Injectable()
export class IdempotencyRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Makes the claim, or takes over one that has ended. False where another stands: exactly one of many callers gets true. */
  async claim({ id, workspaceId, scopeHash, fingerprint, ...times }: NewClaim): Promise<boolean> {
    const { now, lockedUntil, expiresAt } = times;
    const count = await this.prisma.client.$executeRaw`
      INSERT INTO idempotency_keys AS k
        (id, workspace_id, scope_hash, fingerprint, locked_until, created_at, expires_at)
      VALUES (${id}, ${workspaceId}, ${scopeHash}, ${fingerprint}, ${lockedUntil}, ${now}, ${expiresAt})
      ON CONFLICT (scope_hash) DO UPDATE SET
        id = EXCLUDED.id, fingerprint = EXCLUDED.fingerprint, locked_until = EXCLUDED.locked_until,
        status = NULL, sealed_answer = NULL, created_at = EXCLUDED.created_at, expires_at = EXCLUDED.expires_at
      WHERE k.expires_at <= ${now} OR (k.status IS NULL AND k.locked_until <= ${now})`;
    return count === 1;
  }

  /** What stands under the scope; null when it has been let go since. */
  async find(scopeHash: string): Promise<StoredCall | null> {
    const row = await this.prisma.client.idempotencyKey.findUnique({
      where: { scopeHash },
      select: { id: true, workspaceId: true, fingerprint: true, status: true, sealedAnswer: true },
    });
    if (!row) return null;
    const { status, sealedAnswer: sealed, ...call } = row;
    return { ...call, answer: status === null || sealed === null ? null : { status, sealed } };
  }

  /** Keeps the answer of a claim that nobody took over. */
  async answer({ id }: Claim, { status, sealed }: { status: number; sealed: string }): Promise<void> {
    await this.prisma.client.idempotencyKey.updateMany({
      where: { id, status: null },
      data: { status, sealedAnswer: sealed },
    });
  }

  /** Lets a claim go that nobody took over: its key may be used again at once. */
  async release({ id }: Claim): Promise<void> {
    await this.prisma.client.idempotencyKey.deleteMany({ where: { id, status: null } });
  }

  /** Removes what has expired. Answers how many rows. */
  async forget(now: Date): Promise<number> {
    const { count } = await this.prisma.client.idempotencyKey.deleteMany({ where: { expiresAt: { lte: now } } });
    return count;
  }
}
