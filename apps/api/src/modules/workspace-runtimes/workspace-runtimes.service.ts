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
   * @throws AppError 400 for a parent that the caller does not manage, or that stands below.
   */
  update(scope: WorkspaceScope, dto: UpdateWorkspaceRuntimeDto): Promise<WorkspaceRuntimeResponse> {
    return this.transactions.run(async () => {
      const before = await this.find(scope);
      const { parentId = before.parentId, ...others } = changeOf(dto);
      // What stays is not written: it was read without a lock, and only what is written was checked.
      const change = parentId === before.parentId ? others : { ...others, parentId };
      const after = { ...before, ...change };
      const diff = redactedDiff({ ...before }, { ...after });
      if (Object.keys(diff).length === 0) return toWorkspaceRuntimeResponse(scope, before);
      if (parentId !== null && parentId !== before.parentId) await this.#checkParent(scope, parentId);
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

  /** Notes that the agent is there and how many tasks it works on. */
  async beat(scope: WorkspaceScope, { active_tasks: activeTasks, status }: HeartbeatDto): Promise<HeartbeatResponse> {
    await this.repository.beat(scope, { activeTasks, ...(status && { status }) }, this.clock.now());
    return { status: 'ok' };
  }

  // A parent sees approvals and rules over plugins: whoever sets one manages it as well. A workspace token manages one only.
  async #checkParent(scope: WorkspaceScope, parentId: string): Promise<void> {
    const { actor, instanceAdmin } = scope;
    const known =
      (instanceAdmin || actor.userId !== null) &&
      (await this.repository.findManageable(parentId, instanceAdmin ? null : actor.userId));
    if (!known) throw workspaceRuntimeErrors.parentNotFound();
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
