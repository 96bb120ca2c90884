import { Injectable } from '@nestjs/common';
import { teamKeyScopes } from '#access';
import { AuditLogService } from '#audit-log';
import {
  Clock,
  Ids,
  type Page,
  type PageRequest,
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
import { shownPrefix, tokenBytes, tokenText } from './token-text.js';
import { workspaceTokenErrors } from './workspace-tokens.errors.js';
import { toCreatedWorkspaceTokenResponse, toWorkspaceTokenResponse } from './workspace-tokens.mapper.js';
import { WorkspaceTokensRepository } from './workspace-tokens.repository.js';
import type { MintedWorkspaceToken, WorkspaceTokenScope } from './workspace-tokens.types.js';

const mostLive = 50;

/** The bearer tokens of a workspace. */
@Injectable()
export class WorkspaceTokensService {
  constructor(
    private readonly repository: WorkspaceTokensRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly random: Random,
  ) {}

  /** One page of the tokens that still open something, newest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<WorkspaceTokenResponse>> {
    const { items, total } = await this.repository.findLive(scope, this.clock.now(), page);
    return { items: items.map(toWorkspaceTokenResponse), total };
  }

  /**
   * Makes a token; its text is in this answer only.
   * @throws AppError 400 for a scope, 429 `workspace_token.too_many` beside 50 live ones.
   */
  create(scope: WorkspaceScope, dto: CreateWorkspaceTokenDto): Promise<CreatedWorkspaceTokenResponse> {
    const scopes = knownScopes(dto.scopes);
    return this.transactions.run(async () => {
      const now = this.clock.now();
      if ((await this.repository.countLiveAndHold(scope, now)) >= mostLive) throw workspaceTokenErrors.tooMany();
      const minted = this.#mint(scope, dto, scopes);
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
    dto: CreateWorkspaceTokenDto,
    scopes: readonly WorkspaceTokenScope[],
  ): MintedWorkspaceToken {
    const text = tokenText(dto.kind, this.random.bytes(tokenBytes));
    const now = this.clock.now();
    const seconds = dto.expires_in_seconds;
    const row = {
      id: this.ids.next(),
      kind: dto.kind,
      name: dto.name?.trim() || null,
      prefix: shownPrefix(text),
      scopes,
      createdByUserId: scope.actor.userId,
      createdAt: now,
      expiresAt: seconds ? new Date(now.getTime() + seconds * 1_000) : null,
      lastUsedAt: null,
    };
    return { row, text: new Secret(text) };
  }
}

function knownScopes(words: readonly string[] | null | undefined): WorkspaceTokenScope[] {
  if (words === undefined || words === null) return ['*'];
  if (words.length === 0) {
    const message = 'scopes must name at least one scope; leave it out for all of them';
    throw workspaceTokenErrors.scopesRequired({ fields: [{ field: 'scopes', code: 'required', message }] });
  }
  return [...new Set(words)].map((word) => {
    const scope = teamKeyScopes.find((known) => known === word);
    if (scope !== undefined) return scope;
    const message = `unknown scope: ${word}`;
    throw workspaceTokenErrors.unknownScope({
      params: { scope: word },
      fields: [{ field: 'scopes', code: 'is_in', message }],
    });
  });
}
