import { Injectable } from '@nestjs/common';
import { roleMay } from '#access';
import type { WorkspaceScope } from '#kernel';
import { Prisma, PrismaService } from '#prisma';

const columns = {
  id: true,
  workspaceId: true,
  name: true,
  type: true,
  status: true,
  sealedOauthClientSecret: true,
  oauthClientId: true,
  oauthAuthUrl: true,
  oauthTokenUrl: true,
  oauthScopes: true,
  oauthIssuer: true,
  oauthIssRequired: true,
  oauthResource: true,
  oauthProvider: true,
  oauthTokenAuthMethod: true,
  oauthClientRedirectUri: true,
  oauthClientExpiresAt: true,
  autoCreatedFor: true,
} satisfies Prisma.CredentialSelect;

/** A credential as flows need it. */
export type FlowCredential = Prisma.CredentialGetPayload<{ select: typeof columns }>;

/** What discovery and registration found out about a credential's authorization server. */
export type OauthFacts = Pick<
  FlowCredential,
  | 'oauthIssuer'
  | 'oauthIssRequired'
  | 'oauthResource'
  | 'oauthProvider'
  | 'oauthTokenAuthMethod'
  | 'oauthClientId'
  | 'sealedOauthClientSecret'
  | 'oauthClientRedirectUri'
  | 'oauthClientExpiresAt'
  | 'autoCreatedFor'
>;

/** A credential that was made for a flow and never connected. */
export interface AbandonedCredential {
  id: string;
  workspaceId: string;
  flowId: string;
}

const unconnected = Prisma.sql`
  c."type" = 'OAUTH2' AND c."status" = 'PENDING' AND c."sealed_value" IS NULL AND c."deleted_at" IS NULL
  AND NOT EXISTS (SELECT 1 FROM "oauth_flows" p WHERE p."credential_id" = c."id" AND p."status" IN ('pending', 'exchanging'))`;

/** The OAuth side of credentials. */
@Injectable()
export class FlowCredentialsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** A live credential that the caller may know of: below MANAGER the workspace's and those of own crews. */
  findVisible(scope: WorkspaceScope, id: string): Promise<FlowCredential | null> {
    const own = { some: { crew: { deletedAt: null, members: { some: { userId: scope.actor.userId ?? '' } } } } };
    const visible = roleMay(scope.role, 'update') ? {} : { OR: [{ scope: 'WORKSPACE' }, { crews: own }] };
    return this.#find({ id, workspaceId: scope.workspaceId, deletedAt: null, ...visible });
  }

  /** A live credential of the workspace, for a flow that was started for it. */
  findById(scope: WorkspaceScope, id: string): Promise<FlowCredential | null> {
    return this.#find({ id, workspaceId: scope.workspaceId, deletedAt: null });
  }

  /** The workspace of a live credential; null when there is none. Says nothing about who may know of it. */
  async findWorkspaceId(id: string): Promise<string | null> {
    const row = await this.prisma.client.credential.findFirst({
      where: { id, deletedAt: null, workspace: { deletedAt: null } },
      select: { workspaceId: true },
    });
    return row?.workspaceId ?? null;
  }

  /** Whether a credential was made for this flow, was never connected, and no other flow is about to connect it; held. */
  async isAbandoned(scope: Pick<WorkspaceScope, 'workspaceId'>, id: string, flowId: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT 1 FROM "credentials" c
      WHERE c."id" = ${id} AND c."workspace_id" = ${scope.workspaceId} AND c."auto_created_for" = ${flowId}
        AND ${unconnected} FOR NO KEY UPDATE`;
    return rows.length > 0;
  }

  /** Such credentials of any workspace that were made before an instant, with their flows, at most a hundred. */
  findAbandoned(before: Date): Promise<AbandonedCredential[]> {
    return this.prisma.client.$queryRaw<AbandonedCredential[]>`
      SELECT c."id", c."workspace_id" AS "workspaceId", c."auto_created_for" AS "flowId" FROM "credentials" c
      WHERE c."auto_created_for" IS NOT NULL AND c."auto_created_for" IN (SELECT f."id" FROM "oauth_flows" f WHERE f."credential_id" = c."id")
        AND c."created_at" < ${before} AND ${unconnected} ORDER BY c."id" LIMIT 100`;
  }

  /** Keeps everybody else from writing the credential before the transaction ends. Its status; null when it is gone. */
  async hold(scope: WorkspaceScope, id: string): Promise<string | null> {
    const rows = await this.prisma.client.$queryRaw<{ status: string }[]>`
      SELECT "status" FROM "credentials"
      WHERE "id" = ${id} AND "workspace_id" = ${scope.workspaceId} AND "deleted_at" IS NULL FOR NO KEY UPDATE`;
    return rows[0]?.status ?? null;
  }

  /** Writes what was found out, and what the credential is made for. */
  async update(scope: WorkspaceScope, id: string, facts: Partial<OauthFacts>): Promise<void> {
    await this.prisma.client.credential.updateMany({ where: { id, workspaceId: scope.workspaceId }, data: facts });
  }

  #find(where: Prisma.CredentialWhereInput): Promise<FlowCredential | null> {
    return this.prisma.client.credential.findFirst({ where, select: columns });
  }
}
