import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import type { TokenAuthMethod } from '#oauth';
import { type Prisma, PrismaService } from '#prisma';
import type { ClientKey, StoredClient } from './oauth-servers.types.js';

const columns = {
  id: true,
  origin: true,
  clientId: true,
  sealedClientSecret: true,
  tokenAuthMethod: true,
  secretExpiresAt: true,
} satisfies Prisma.OauthClientSelect;

/** The rows of `oauth_clients`. */
@Injectable()
export class OauthClientsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** The workspace's registration with an issuer for a redirect URI. */
  async find(scope: Pick<WorkspaceScope, 'workspaceId'>, key: ClientKey): Promise<StoredClient | null> {
    const where = { workspaceId_issuer_redirectUri: { workspaceId: scope.workspaceId, ...key } };
    const row = await this.prisma.client.oauthClient.findUnique({ where, select: columns });
    return row && toDomain(row);
  }

  /** Stores a registration unless the workspace has one. False: somebody else was first. */
  async insertIfAbsent(scope: WorkspaceScope, key: ClientKey, client: StoredClient, now: Date): Promise<boolean> {
    const row = { ...client, ...key, workspaceId: scope.workspaceId, createdAt: now, updatedAt: now };
    const { count } = await this.prisma.client.oauthClient.createMany({ data: [row], skipDuplicates: true });
    return count > 0;
  }

  /** Puts a registration in the place of the one that was read. False: somebody else has changed it since. */
  async replace(scope: WorkspaceScope, read: StoredClient, client: StoredClient, now: Date): Promise<boolean> {
    const { id: _, ...columnsToSet } = client;
    const { count } = await this.prisma.client.oauthClient.updateMany({
      where: { id: read.id, workspaceId: scope.workspaceId, clientId: read.clientId, origin: read.origin },
      data: { ...columnsToSet, updatedAt: now },
    });
    return count > 0;
  }
}

function toDomain(row: Omit<StoredClient, 'origin' | 'tokenAuthMethod'> & { origin: string; tokenAuthMethod: string }) {
  const origin: StoredClient['origin'] = row.origin === 'manual' ? 'manual' : 'dynamic';
  return { ...row, origin, tokenAuthMethod: methodOf(row.tokenAuthMethod) };
}

function methodOf(stored: string): TokenAuthMethod {
  if (stored === 'client_secret_basic' || stored === 'client_secret_post') return stored;
  return 'none';
}
