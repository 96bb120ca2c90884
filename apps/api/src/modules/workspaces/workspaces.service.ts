import { Injectable } from '@nestjs/common';
import { personOf } from '#access';
import { AuditLogService, redacted, redactedDiff } from '#audit-log';
import {
  type CallerScope,
  Clock,
  Ids,
  type Page,
  type PageRequest,
  raise,
  Transactions,
  type WorkspaceScope,
} from '#kernel';
import type { CreateWorkspaceDto } from './dto/create-workspace.dto.js';
import type { DeleteWorkspaceDto } from './dto/delete-workspace.dto.js';
import type { UpdateWorkspaceDto } from './dto/update-workspace.dto.js';
import type { WorkspaceResponse } from './dto/workspace.response.js';
import { isLanguage } from './language.js';
import { workspaceErrors } from './workspaces.errors.js';
import { blankWorkspace, toSeenWorkspaceResponse, toWorkspaceResponse } from './workspaces.mapper.js';
import { WorkspacesRepository } from './workspaces.repository.js';
import type { Workspace, WorkspaceChange } from './workspaces.types.js';

const entityType = 'WORKSPACE';

/** Tenants: making, changing and deleting them. */
@Injectable()
export class WorkspacesService {
  constructor(
    private readonly repository: WorkspacesRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One page of the caller's own workspaces, newest first. Callers who are no person have none. */
  async list(caller: CallerScope, page: PageRequest): Promise<Page<WorkspaceResponse>> {
    const { userId } = caller.actor;
    if (userId === null) return { items: [], total: 0 };
    const { items, total } = await this.repository.findManyOfUser(userId, page);
    return { items: items.map(toSeenWorkspaceResponse), total };
  }

  /** The scope's workspace. */
  async get(scope: WorkspaceScope): Promise<WorkspaceResponse> {
    const workspace = await this.#getRow(scope);
    const counts = await this.repository.countScoped(scope);
    return toSeenWorkspaceResponse({ workspace, membership: scope, counts });
  }

  /** Makes a workspace that the caller owns. */
  async create(caller: CallerScope, dto: CreateWorkspaceDto): Promise<WorkspaceResponse> {
    const userId = personOf(caller);
    const now = this.clock.now();
    const workspace: Workspace = {
      ...blankWorkspace({ id: this.ids.next(), name: dto.name, slug: dto.slug }, now),
      preferredLanguage: languageOf(dto.preferred_language) ?? null,
    };
    return this.transactions.run(async () => {
      await this.repository.insert(workspace, { memberId: this.ids.next(), userId });
      await this.#record(caller, 'workspace.create', workspace, redacted({ ...workspace }));
      return toWorkspaceResponse(workspace);
    });
  }

  /** Changes the scope's workspace. A body without a change writes nothing. */
  async update(scope: WorkspaceScope, dto: UpdateWorkspaceDto): Promise<WorkspaceResponse> {
    const change = changeOf(dto);
    return this.transactions.run(async () => {
      const before = await this.#getRow(scope);
      const diff = redactedDiff({ ...before }, { ...change });
      if ('integrationLimit' in diff && !scope.instanceAdmin) throw workspaceErrors.limitNotYours();
      if (Object.keys(diff).length === 0) return toWorkspaceResponse(before);
      const after = await this.repository.update(scope, { ...change, updatedAt: this.clock.now() });
      await this.#record(scope, 'workspace.update', after, diff);
      return toWorkspaceResponse(after);
    });
  }

  /** Deletes the scope's workspace with all that it holds, once its owner has confirmed the slug. */
  async remove(scope: WorkspaceScope, dto: DeleteWorkspaceDto): Promise<{ success: true }> {
    const userId = personOf(scope);
    return this.transactions.run(async () => {
      const workspaces = await this.repository.lockAndCountOf(userId);
      const before = await this.#getRow(scope);
      if (dto.confirm_slug !== before.slug) throw workspaceErrors.slugNotConfirmed();
      if (workspaces <= 1) throw workspaceErrors.onlyWorkspace();
      if (!(await this.repository.softDelete(scope, this.clock.now()))) throw workspaceErrors.notFound();
      await this.#record(scope, 'workspace.delete', before, { slug: before.slug });
      return { success: true };
    });
  }

  async #getRow(scope: WorkspaceScope): Promise<Workspace> {
    return (await this.repository.findScoped(scope)) ?? raise(workspaceErrors.notFound());
  }

  #record(caller: CallerScope, action: string, row: Workspace, metadata: Record<string, unknown>): Promise<void> {
    const entry = { action, entityType, entityId: row.id, entityName: row.name, workspaceId: row.id };
    return this.audit.record(caller, { ...entry, metadata });
  }
}

function changeOf(dto: UpdateWorkspaceDto): WorkspaceChange {
  return {
    name: dto.name ?? undefined,
    slug: dto.slug ?? undefined,
    preferredLanguage: languageOf(dto.preferred_language),
    allowPrivilegedCredentials: dto.allow_privileged_credentials ?? undefined,
    runRetentionDays: dto.run_retention_days,
    credentialAuditRetentionDays: dto.credential_audit_retention_days,
    auditLogRetentionDays: dto.audit_log_retention_days,
    integrationLimit: dto.integration_limit,
  };
}

/** Undefined stays undefined, "" and null become null. @throws AppError `workspace.unknown_language`. */
export function languageOf(given: string | null | undefined): string | null | undefined {
  if (given === undefined) return undefined;
  const language = given?.trim() ?? '';
  if (language === '') return null;
  return isLanguage(language) ? language : raise(workspaceErrors.unknownLanguage({ params: { language } }));
}
