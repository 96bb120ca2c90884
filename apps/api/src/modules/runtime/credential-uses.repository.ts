import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';

const mostAddresses = 10;

/** One credential that was handed out, and to which addresses. */
export interface CredentialUse {
  id: string;
  ips: readonly string[];
}

/** `last_used_at` and `last_used_ips` of credentials. */
@Injectable()
export class CredentialUsesRepository {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Notes the uses, newest addresses first and at most ten, unless a use from there was noted after `unless`. A row that
   * somebody else is writing is passed over, so that this never waits and never makes anybody wait.
   */
  async touch(uses: readonly CredentialUse[], now: Date, unless: Date): Promise<void> {
    await this.prisma.client.$executeRaw`
      WITH used AS (SELECT id, ips FROM json_to_recordset(${JSON.stringify(uses)}::json) AS u (id text, ips text[])),
        free AS (
          SELECT c.id FROM credentials c JOIN used u ON u.id = c.id
          WHERE c.last_used_at IS NULL OR c.last_used_at <= ${unless} OR NOT coalesce(c.last_used_ips, '{}') @> u.ips
          ORDER BY c.id FOR NO KEY UPDATE OF c SKIP LOCKED
        )
      UPDATE credentials c
      SET last_used_at = ${now},
        last_used_ips = (u.ips || ARRAY(SELECT ip FROM unnest(c.last_used_ips) WITH ORDINALITY AS known (ip, place)
          WHERE ip <> ALL (u.ips) ORDER BY place))[1:${mostAddresses}::int]
      FROM used u JOIN free USING (id)
      WHERE c.id = u.id`;
  }
}
