import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { isUniqueViolation, type Prisma, PrismaService } from '#prisma';
import type { CredentialCursor } from './credential-cursor.js';
import { credentialColumns, toCredential, visibleCredentials } from './credential-select.js';
import type { CredentialViewer } from './credential-viewer.js';
import { credentialErrors } from './credentials.errors.js';
import type { Credential, CredentialInContext, CredentialRef, SealedCredentialColumns } from './credentials.types.js';

/** Which credentials to list. */
export interface CredentialFilter {
  viewer: CredentialViewer;
  /** Part of the name or the description, in any case. */
  search: string | null;
  /** A tag in lower case. */
  tag: string | null;
}

/** What a change writes; members that are undefined stay. */
export type CredentialChange = Partial<Omit<Credential, 'id' | 'workspaceId' | 'createdAt'>> &
  SealedCredentialColumns & { updatedAt: Date };

/** The rows of `credentials`. */
@Injectable()
export class CredentialsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One page by type, then newest first, ties broken by id. */
  async findMany(
    scope: WorkspaceScope,
    filter: CredentialFilter,
    page: PageRequest,
  ): Promise<Page<CredentialInContext>> {
    const where = whereOf(scope, filter);
    const rows = await this.prisma.client.credential.findMany({
      where,
      select: credentialColumns,
      orderBy: [{ type: 'asc' }, { createdAt: 'desc' }, { id: 'asc' }],
      take: page.limit,
      skip: page.offset,
    });
    return { items: rows.map(toCredential), total: await this.prisma.client.credential.count({ where }) };
  }

  /** At most `take` rows behind the cursor, newest first, ties broken by id. */
  async findAfter(
    scope: WorkspaceScope,
    filter: CredentialFilter,
    { cursor, take }: { cursor: CredentialCursor | null; take: number },
  ): Promise<CredentialInContext[]> {
    const behind: Prisma.CredentialWhereInput = cursor
      ? { OR: [{ createdAt: { lt: cursor.createdAt } }, { createdAt: cursor.createdAt, id: { lt: cursor.id } }] }
      : {};
    const rows = await this.prisma.client.credential.findMany({
      where: { AND: [whereOf(scope, filter), behind] },
      select: credentialColumns,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take,
    });
    return rows.map(toCredential);
  }

  /** One live row that the viewer may know of. */
  async findById(scope: WorkspaceScope, id: string, viewer: CredentialViewer): Promise<CredentialInContext | null> {
    const row = await this.prisma.client.credential.findFirst({
      where: { AND: [visibleCredentials(scope.workspaceId, viewer), { id }] },
      select: credentialColumns,
    });
    return row && toCredential(row);
  }

  /** A live row in short, kept from being deleted until the transaction ends. */
  async findRefAndHold(scope: WorkspaceScope, id: string): Promise<CredentialRef | null> {
    const rows = await this.prisma.client.$queryRaw<CredentialRef[]>`
      SELECT id, name, type, provider, status, managed_by AS "managedBy" FROM credentials
      WHERE id = ${id} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
      FOR SHARE`;
    return rows[0] ?? null;
  }

  /** Waits until nobody else changes the row, and lets nobody until the transaction ends. False when there is none. */
  async lock(scope: WorkspaceScope, id: string): Promise<boolean> {
    const rows = await this.prisma.client.$queryRaw<unknown[]>`
      SELECT id FROM credentials WHERE id = ${id} AND workspace_id = ${scope.workspaceId} AND deleted_at IS NULL
      FOR NO KEY UPDATE`;
    return rows.length > 0;
  }

  /** @throws AppError `credential.name_taken` when a live credential of the workspace has the name. */
  async insert(row: Credential & SealedCredentialColumns): Promise<void> {
    await translated(() => this.prisma.client.credential.create({ data: row, select: { id: true } }));
  }

  /**
   * Writes a change. A new value, or its loss, raises the token version, so that a refresh that began before is dropped.
   * False when there is no such live row.
   * @throws AppError as {@link insert}.
   */
  async update(scope: WorkspaceScope, id: string, change: CredentialChange): Promise<boolean> {
    const where = { id, workspaceId: scope.workspaceId, deletedAt: null };
    const data = { ...change, ...(endsGrant(change) && grantEnded) };
    const { count } = await translated(() => this.prisma.client.credential.updateMany({ where, data }));
    return count > 0;
  }
}

// A value given by hand ends the grant before it: its refresh token would replace the value, and a refresh that is under
// way would write over it. What went wrong with the old value says nothing about the new one.
function endsGrant({ sealedValue, sealedRefreshToken }: CredentialChange): boolean {
  return sealedValue !== undefined || sealedRefreshToken === null;
}

const grantEnded = {
  tokenVersion: { increment: 1 },
  sealedRefreshToken: null,
  nextRefreshAt: null,
  refreshFailures: 0,
  refreshLeaseOwner: null,
  refreshLeaseUntil: null,
  oauthGrantedScopes: null,
} satisfies Prisma.CredentialUpdateManyMutationInput;

function whereOf(scope: WorkspaceScope, { viewer, search, tag }: CredentialFilter): Prisma.CredentialWhereInput {
  const contains = search === null ? null : { contains: escapedLike(search), mode: 'insensitive' as const };
  return {
    AND: [
      visibleCredentials(scope.workspaceId, viewer),
      ...(contains ? [{ OR: [{ name: contains }, { description: contains }] }] : []),
      ...(tag === null ? [] : [{ tags: { has: tag } }]),
    ],
  };
}

// Prisma hands the text to LIKE as it is, so its wildcards would match anything.
function escapedLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

async function translated<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw isUniqueViolation(cause, 'credentials_live_name_key') ? credentialErrors.nameTaken({ cause }) : cause;
  }
}
