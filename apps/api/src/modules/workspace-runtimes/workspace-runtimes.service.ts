import { Injectable } from '@nestjs/common';
import { AuditLogService, redactedDiff } from '#audit-log';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import type { HeartbeatDto } from './dto/heartbeat.dto.js';
import type { UpdateWorkspaceRuntimeDto } from './dto/update-workspace-runtime.dto.js';
import type { HeartbeatResponse, WorkspaceRuntimeResponse } from './dto/workspace-runtime.response.js';
import { workspaceRuntimeErrors } from './workspace-runtimes.errors.js';
import { toWorkspaceRuntimeResponse } from './workspace-runtimes.mapper.js';
import { deepestHierarchy, WorkspaceRuntimesRepository } from './workspace-runtimes.repository.js';
import { defaultRuntime, type WorkspaceRuntime, type WorkspaceRuntimeChange } from './workspace-runtimes.types.js';

type Tenant = Pick<WorkspaceScope, 'workspaceId'>;

/** What workspaces are as running agents: their place in a hierarchy, their runtime, and how busy they are. */
@Injectable()
export class WorkspaceRuntimesService {
  constructor(
    private readonly repository: WorkspaceRuntimesRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The runtime of a workspace, with the defaults of {@link defaultRuntime} where nothing is stored. */
  async find(scope: Tenant): Promise<WorkspaceRuntime> {
    return (await this.repository.find(scope)) ?? defaultRuntime;
  }

  /** Changes what is stored, in the caller's transaction and without an audit row: for imports, which write one of their own. */
  async put(scope: Tenant, change: WorkspaceRuntimeChange): Promise<void> {
    await this.repository.put(scope, change, this.clock.now());
  }

  /** The runtime as the API shows it. */
  async get(scope: WorkspaceScope): Promise<WorkspaceRuntimeResponse> {
    return toWorkspaceRuntimeResponse(scope, await this.find(scope));
  }

  /**
   * Changes the runtime. A body without a change writes nothing.
   * @throws AppError 400 for a parent that the caller does not manage, be it the new one or the one that is left, or that
   * stands below.
   */
  update(scope: WorkspaceScope, dto: UpdateWorkspaceRuntimeDto): Promise<WorkspaceRuntimeResponse> {
    return this.transactions.run(async () => {
      await this.repository.hold(scope);
      const before = await this.find(scope);
      const { parentId = before.parentId, ...others } = changeOf(dto);
      // What stays is not written: where there was no row to hold, another may have made one since.
      const change = parentId === before.parentId ? others : { ...others, parentId };
      const after = { ...before, ...change };
      const diff = redactedDiff({ ...before }, { ...after });
      if (Object.keys(diff).length === 0) return toWorkspaceRuntimeResponse(scope, before);
      if (parentId !== before.parentId) await this.#checkMove(scope, before.parentId, parentId);
      await this.repository.put(scope, change, this.clock.now());
      await this.audit.record(scope, {
        action: 'workspace_runtime.update',
        entityType: 'WORKSPACE',
        entityId: scope.workspaceId,
        metadata: diff,
      });
      return toWorkspaceRuntimeResponse(scope, after);
    });
  }

  /** Notes that the agent is there how many tasks it works on, and what it does itself. */
  async beat(scope: WorkspaceScope, dto: HeartbeatDto): Promise<HeartbeatResponse> {
    const { active_tasks: activeTasks, status, capabilities } = dto;
    const beat = { activeTasks, ownScheduler: capabilities?.scheduler ?? false, ...(status && { status }) };
    await this.repository.beat(scope, beat, this.clock.now());
    return { status: 'ok' };
  }

  // A parent sees approvals and rules over plugins: whoever sets one, or gets out from under one, manages it as well.
  async #checkMove(scope: WorkspaceScope, from: string | null, to: string | null): Promise<void> {
    // A deleted workspace rules over nothing.
    const isRuled = from !== null && (await this.repository.findManageable(from, null));
    if (isRuled && !(await this.#manages(scope, from))) throw workspaceRuntimeErrors.parentStays();
    if (to !== null) await this.#checkParent(scope, to);
  }

  // A workspace token manages one workspace only.
  async #manages({ actor, instanceAdmin }: WorkspaceScope, workspaceId: string): Promise<boolean> {
    if (!instanceAdmin && actor.userId === null) return false;
    return await this.repository.findManageable(workspaceId, instanceAdmin ? null : actor.userId);
  }

  async #checkParent(scope: WorkspaceScope, parentId: string): Promise<void> {
    if (!(await this.#manages(scope, parentId))) throw workspaceRuntimeErrors.parentNotFound();
    const above = await this.repository.lockAndReadAncestors(parentId);
    if (above.includes(scope.workspaceId)) throw workspaceRuntimeErrors.parentBelow();
    const depth = above.length + (await this.repository.depthBelow(scope.workspaceId));
    if (depth > deepestHierarchy) throw workspaceRuntimeErrors.tooDeep();
  }
}

function changeOf(dto: UpdateWorkspaceRuntimeDto): WorkspaceRuntimeChange {
  return {
    ...(dto.parent_id !== undefined && { parentId: dto.parent_id }),
    ...(dto.role !== undefined && { role: dto.role }),
    ...(dto.model !== undefined && { model: dto.model }),
    ...(dto.tier != null && { tier: dto.tier }),
    ...(dto.runtime != null && { runtime: dto.runtime }),
    ...(dto.max_concurrent_tasks != null && { maxConcurrentTasks: dto.max_concurrent_tasks }),
  };
}
