import { Injectable } from '@nestjs/common';
import { Authenticator } from '#access';
import { AuditLogService } from '#audit-log';
import type { LateBody } from '#http';
import {
  type CallerScope,
  Clock,
  Ids,
  type Page,
  Random,
  raise,
  Secret,
  Transactions,
  tokenHash,
  type WorkspaceScope,
} from '#kernel';
import type { CreateWorkspaceTokenDto } from './dto/create-workspace-token.dto.js';
import type { RevokedWorkspaceTokenResponse } from './dto/revoked-workspace-token.response.js';
import type { CreatedWorkspaceTokenResponse, WorkspaceTokenResponse } from './dto/workspace-token.response.js';
import { knownScopes, refuseMoreThanOwn } from './token-scopes.js';
import { shownPrefix, tokenBytes, tokenText } from './token-text.js';
import { workspaceTokenErrors } from './workspace-tokens.errors.js';
import { toCreatedWorkspaceTokenResponse, toWorkspaceTokenResponse } from './workspace-tokens.mapper.js';
import { type TokenPageRequest, WorkspaceTokensRepository } from './workspace-tokens.repository.js';
import type { MintedWorkspaceToken, WorkspaceTokenKind } from './workspace-tokens.types.js';

const mostLive = 50;

/** The bearer tokens of a workspace. */
@Injectable()
export class WorkspaceTokensService {
  constructor(
    private readonly repository: WorkspaceTokensRepository,
    private readonly authenticator: Authenticator,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly random: Random,
  ) {}

  /** One page of the tokens that still open something, newest first. */
  async list(scope: WorkspaceScope, page: TokenPageRequest): Promise<Page<WorkspaceTokenResponse>> {
    const { items, total } = await this.repository.findLive(scope, this.clock.now(), page);
    return { items: items.map(toWorkspaceTokenResponse), total };
  }

  /**
   * Makes a token; its text is in this answer only. Without a body it is a `workspace` token that may do everything of its kind.
   * One that is made by a token ends with that one at the latest.
   * @throws AppError 400 for a scope, 403 for more than the calling token may itself, 429 `workspace_token.too_many` beside
   * 50 live ones.
   */
  create(scope: WorkspaceScope, body: LateBody<CreateWorkspaceTokenDto>): Promise<CreatedWorkspaceTokenResponse> {
    const dto = body.readIfAny();
    const wish = { ...dto, kind: dto.kind ?? 'workspace' };
    const scopes = knownScopes(wish.kind, wish.scopes);
    refuseMoreThanOwn(scope.actor, { kind: wish.kind, scopes });
    return this.transactions.run(async () => {
      const now = this.clock.now();
      if ((await this.repository.countLiveAndHold(scope, now)) >= mostLive) throw workspaceTokenErrors.tooMany();
      const minted = this.#mint(scope, wish, { scopes, latestEnd: await this.repository.findExpiry(scope) });
      await this.repository.insert(scope, minted.row, tokenHash(minted.text.reveal()));
      await this.audit.record(scope, {
        action: 'workspace_token.create',
        entityType: 'WORKSPACE_TOKEN',
        entityId: minted.row.id,
        entityName: minted.row.name,
        metadata: {
          kind: minted.row.kind,
          prefix: minted.row.prefix,
          scopes,
          expires_at: minted.row.expiresAt?.toISOString() ?? null,
        },
      });
      return toCreatedWorkspaceTokenResponse(scope.workspaceId, minted);
    });
  }

  /**
   * The same for the instance administrator, who need not be a member.
   * @throws AppError 404 `workspace_token.workspace_not_found`, and as {@link create}.
   */
  async mintFor(
    caller: CallerScope,
    workspaceRef: string,
    body: LateBody<CreateWorkspaceTokenDto>,
  ): Promise<CreatedWorkspaceTokenResponse> {
    const membership =
      (await this.authenticator.administered(workspaceRef)) ?? raise(workspaceTokenErrors.workspaceNotFound());
    return this.create({ ...caller, ...membership }, body);
  }

  /** Ends a token at once. @throws AppError `workspace_token.not_found`, also for one that was ended before. */
  revoke(scope: WorkspaceScope, id: string): Promise<RevokedWorkspaceTokenResponse> {
    return this.transactions.run(async () => {
      const revoked =
        (await this.repository.revoke(scope, id, this.clock.now())) ?? raise(workspaceTokenErrors.notFound());
      await this.audit.record(scope, {
        action: 'workspace_token.revoke',
        entityType: 'WORKSPACE_TOKEN',
        entityId: id,
        entityName: revoked.name,
        metadata: { kind: revoked.kind, prefix: revoked.prefix },
      });
      return { status: 'revoked' };
    });
  }

  #mint(
    scope: WorkspaceScope,
    dto: CreateWorkspaceTokenDto & { kind: WorkspaceTokenKind },
    { scopes, latestEnd }: { scopes: readonly string[]; latestEnd: Date | null },
  ): MintedWorkspaceToken {
    const text = tokenText(dto.kind, this.random.bytes(tokenBytes));
    const now = this.clock.now();
    const seconds = dto.expires_in_seconds;
    const wishedEnd = seconds ? new Date(now.getTime() + seconds * 1_000) : null;
    const row = {
      id: this.ids.next(),
      kind: dto.kind,
      name: dto.name?.trim() || null,
      prefix: shownPrefix(text),
      scopes,
      createdByUserId: scope.actor.userId,
      createdAt: now,
      expiresAt: earlier(wishedEnd, latestEnd),
      lastUsedAt: null,
    };
    return { row, text: new Secret(text) };
  }
}

// Null is never.
function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
