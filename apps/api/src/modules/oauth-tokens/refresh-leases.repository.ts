import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { Prisma, PrismaService } from '#prisma';
import type { RefreshLease, RenewableCredential, SealedTokens } from './oauth-tokens.types.js';
import type { RefreshErrorClass } from './refresh-failure.js';

/** What a failed renewal leaves behind. */
export interface FailureColumns {
  errorClass: RefreshErrorClass;
  reason: string;
  /** Null: it is not tried again. */
  nextRefreshAt: Date | null;
}

/**
 * Leases on renewals, over the columns of `credentials`. A lease is taken and ended by single statements; between them
 * nothing is locked. Whether one has run out is judged by the database's clock, which all replicas share.
 */
@Injectable()
export class RefreshLeasesRepository {
  readonly #owner = `${hostname().slice(0, 100)}/${process.pid}`;

  constructor(private readonly prisma: PrismaService) {}

  /** Takes the lease when the token is due and nobody has it; null otherwise. */
  async take(credential: Pick<RenewableCredential, 'id' | 'workspaceId'>, now: Date, leaseMs: number) {
    const rows = await this.prisma.client.$queryRaw<RefreshLease[]>`
      UPDATE credentials SET refresh_lease_owner = ${this.#owner}, refresh_lease_generation = refresh_lease_generation + 1,
        refresh_lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      WHERE id = ${credential.id} AND workspace_id = ${credential.workspaceId} AND ${due(now)}
        AND (refresh_lease_until IS NULL OR refresh_lease_until <= clock_timestamp())
      RETURNING id, workspace_id AS "workspaceId", name, refresh_lease_generation AS generation,
        token_version AS "tokenVersion", refresh_failures AS failures, sealed_refresh_token AS "sealedRefreshToken",
        sealed_oauth_client_secret AS "sealedClientSecret", oauth_client_id AS "clientId", oauth_token_url AS "tokenUrl",
        oauth_issuer AS issuer, oauth_resource AS resource, oauth_provider AS provider,
        oauth_token_auth_method AS "authMethod"`;
    return rows[0] ?? null;
  }

  /** Whether the token is still to be renewed, by whomever. */
  async isDue({ id, workspaceId }: Pick<RenewableCredential, 'id' | 'workspaceId'>, now: Date): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM credentials WHERE id = ${id} AND workspace_id = ${workspaceId} AND ${due(now)}`;
    return rows.length > 0;
  }

  /** Stores new tokens and ends the lease. False, without any effect, when the lease or the token is no longer the same. */
  async complete(lease: RefreshLease, tokens: SealedTokens, now: Date): Promise<boolean> {
    const changed = await this.prisma.client.$executeRaw`
      UPDATE credentials SET sealed_value = ${tokens.sealedValue},
        sealed_refresh_token = coalesce(${tokens.sealedRefreshToken}, sealed_refresh_token),
        oauth_granted_scopes = coalesce(${tokens.grantedScopes}, oauth_granted_scopes),
        token_version = token_version + 1, token_expires_at = ${tokens.tokenExpiresAt}::timestamptz,
        next_refresh_at = ${tokens.nextRefreshAt}::timestamptz, last_ok_at = ${now}, last_error_class = NULL,
        last_error = NULL, refresh_failures = 0, refresh_lease_owner = NULL, refresh_lease_until = NULL
      WHERE ${stillHeld(lease)}`;
    return changed > 0;
  }

  /** Notes a failure and ends the lease; a definitive one makes the credential EXPIRED. False as {@link complete}. */
  async fail(lease: RefreshLease, failure: FailureColumns): Promise<boolean> {
    const status = failure.errorClass === 'definitive' ? 'EXPIRED' : 'ACTIVE';
    const changed = await this.prisma.client.$executeRaw`
      UPDATE credentials SET status = ${status}, last_error_class = ${failure.errorClass}, last_error = ${failure.reason},
        next_refresh_at = ${failure.nextRefreshAt}::timestamptz, refresh_failures = refresh_failures + 1,
        refresh_lease_owner = NULL, refresh_lease_until = NULL
      WHERE ${stillHeld(lease)}`;
    return changed > 0;
  }

  /** The credentials of all workspaces that are due and leased by nobody, longest due first. */
  findDue(now: Date, take: number): Promise<RenewableCredential[]> {
    return this.prisma.client.$queryRaw<RenewableCredential[]>`
      SELECT id, workspace_id AS "workspaceId", token_expires_at AS "tokenExpiresAt", next_refresh_at AS "nextRefreshAt"
      FROM credentials
      WHERE next_refresh_at <= ${now} AND status = 'ACTIVE' AND deleted_at IS NULL AND ${due(now)}
        AND (refresh_lease_until IS NULL OR refresh_lease_until <= clock_timestamp())
      ORDER BY next_refresh_at, id LIMIT ${take}`;
  }
}

// The rule of `isRefreshDue`, so that it is judged again in the very statement that takes the lease.
function due(now: Date): Prisma.Sql {
  return Prisma.sql`type = 'OAUTH2' AND status = 'ACTIVE' AND deleted_at IS NULL AND sealed_refresh_token IS NOT NULL
    AND oauth_token_url IS NOT NULL AND oauth_client_id IS NOT NULL
    AND coalesce(next_refresh_at, token_expires_at - interval '5 minutes') <= ${now}`;
}

// A holder that comes late finds another generation; one whose token was replaced meanwhile, by hand or by connecting
// again, another version; and one whose credential was revoked or deleted must not bring its secrets back.
function stillHeld({ id, generation, tokenVersion }: RefreshLease): Prisma.Sql {
  return Prisma.sql`id = ${id} AND refresh_lease_generation = ${generation} AND token_version = ${tokenVersion}
    AND status = 'ACTIVE' AND deleted_at IS NULL`;
}
