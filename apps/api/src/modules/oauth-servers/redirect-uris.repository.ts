import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import { oauthServersErrors } from './oauth-servers.errors.js';
import type { RedirectUri } from './oauth-servers.types.js';

const columns = { id: true, uri: true, createdById: true, createdAt: true } satisfies Prisma.OauthRedirectUriSelect;

/** The rows of `oauth_redirect_uris`. */
@Injectable()
export class RedirectUrisRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page, newest first, ties broken by id. */
  async findMany(scope: WorkspaceScope, page: PageRequest): Promise<Page<RedirectUri>> {
    const where = { workspaceId: scope.workspaceId };
    const items = await this.prisma.client.oauthRedirectUri.findMany({
      where,
      select: columns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items, total: await this.prisma.client.oauthRedirectUri.count({ where }) };
  }

  /** Whether the workspace has exactly this text. */
  async exists(scope: Pick<WorkspaceScope, 'workspaceId'>, uri: string): Promise<boolean> {
    const where = { workspaceId_uri: { workspaceId: scope.workspaceId, uri } };
    return (await this.prisma.client.oauthRedirectUri.findUnique({ where, select: { id: true } })) !== null;
  }

  /** @throws AppError `oauth.redirect_uri_taken` when the workspace has it. */
  async insert(scope: WorkspaceScope, row: RedirectUri): Promise<void> {
    try {
      const data = { ...row, workspaceId: scope.workspaceId };
      await this.prisma.client.oauthRedirectUri.create({ data, select: { id: true } });
    } catch (cause) {
      const taken = isUniqueViolation(cause, 'oauth_redirect_uris_workspace_id_uri_key');
      throw taken ? oauthServersErrors.redirectUriTaken({ cause }) : cause;
    }
  }

  /** Removes one; null when there is none. */
  async remove(scope: WorkspaceScope, id: string): Promise<RedirectUri | null> {
    const where = { id, workspaceId: scope.workspaceId };
    const row = await this.prisma.client.oauthRedirectUri.findFirst({ where, select: columns });
    const { count } = await this.prisma.client.oauthRedirectUri.deleteMany({ where });
    return count > 0 ? row : null;
  }
}
