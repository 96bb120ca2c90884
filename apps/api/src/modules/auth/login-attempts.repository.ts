import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';

/** An account as signing in sees it. */
export interface LoginAccount {
  id: string;
  email: string;
  fullName: string | null;
  passwordHash: string | null;
}

/** When attempts lock an account, and until when. */
export interface LockoutRule {
  threshold: number;
  now: Date;
  lockUntil: Date;
}

/** The counters of failed sign-ins in `users`. */
@Injectable()
export class LoginAttemptsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The account with this normalised address, or null. */
  findAccount(email: string): Promise<LoginAccount | null> {
    return this.prisma.client.user.findUnique({
      where: { email },
      select: { id: true, email: true, fullName: true, passwordHash: true },
    });
  }

  /**
   * Counts an attempt before its password is looked at, so that attempts sent all at once cannot outrun the lock. Null:
   * the account is locked, or does not exist. Else whether this attempt is the last one before the lock.
   */
  async begin(userId: string, { threshold, now, lockUntil }: LockoutRule): Promise<{ last: boolean } | null> {
    const rows = await this.prisma.client.$queryRaw<{ last: boolean }[]>`
      UPDATE users u
      SET failed_login_count = c.attempts, last_failed_login_at = ${now},
          locked_until = CASE WHEN c.attempts >= ${threshold}::int THEN ${lockUntil}::timestamptz END
      FROM (
        SELECT id, CASE WHEN locked_until IS NULL THEN failed_login_count + 1 ELSE 1 END AS attempts
        FROM users WHERE id = ${userId} AND (locked_until IS NULL OR locked_until <= ${now}) FOR UPDATE
      ) c
      WHERE u.id = c.id
      RETURNING u.locked_until IS NOT NULL AS last`;
    return rows[0] ?? null;
  }

  /** Forgets the attempts after the right password. */
  async reset(userId: string): Promise<void> {
    await this.prisma.client.user.update({
      where: { id: userId },
      data: { failedLoginCount: 0, lockedUntil: null },
      select: { id: true },
    });
  }
}
