import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { Clock, Ids, type Page, type PageRequest, raise, Transactions, type WorkspaceScope } from '#kernel';
import { requireMayAssign } from '../assignable-role.js';
import { MembershipLockRepository } from '../membership-lock.repository.js';
import type { AddMemberDto } from './dto/add-member.dto.js';
import type { ChangeMemberRoleDto } from './dto/change-member-role.dto.js';
import type { AddedMemberResponse, MemberResponse } from './dto/member.response.js';
import type { MemberRoleResponse } from './dto/member-role.response.js';
import { memberErrors } from './members.errors.js';
import { toAddedMemberResponse, toMemberResponse } from './members.mapper.js';
import { MembersRepository } from './members.repository.js';
import type { MemberWithUser } from './members.types.js';
import { refusalOf } from './role-change.js';

const entityType = 'WorkspaceMember';

/** Who belongs to a workspace. Its changes happen one after the other, so that it never loses its last owner. */
@Injectable()
export class MembersService {
  constructor(
    private readonly repository: MembersRepository,
    private readonly lock: MembershipLockRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One page of the members, oldest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<MemberResponse>> {
    const { items, total } = await this.repository.findMany(scope, page);
    return { items: items.map(toMemberResponse), total };
  }

  /** Makes an existing user a member. */
  async add(scope: WorkspaceScope, dto: AddMemberDto): Promise<AddedMemberResponse> {
    const role = dto.role ?? 'MEMBER';
    requireMayAssign(scope.role, role, memberErrors.adminByOwnerOnly);
    return this.transactions.run(async () => {
      requireMayAssign(await this.lock.enter(scope, 'manage'), role, memberErrors.adminByOwnerOnly);
      if (await this.repository.findByUser(scope.workspaceId, dto.user_id)) throw memberErrors.exists();
      const email = (await this.repository.findEmailOfUser(dto.user_id)) ?? raise(memberErrors.userNotFound());
      const now = this.clock.now();
      const id = this.ids.next();
      const member = {
        id,
        workspaceId: scope.workspaceId,
        userId: dto.user_id,
        role,
        createdAt: now,
        updatedAt: now,
      };
      await this.repository.insert(member);
      await this.#record(scope, 'member.add', { userId: member.userId, user: { email } }, { memberId: id, role });
      return toAddedMemberResponse(member);
    });
  }

  /** Gives a member another role, below the caller's own. */
  async changeRole(scope: WorkspaceScope, id: string, { role }: ChangeMemberRoleDto): Promise<MemberRoleResponse> {
    return this.transactions.run(async () => {
      const own = await this.lock.enter(scope, 'update');
      const member = await this.#getRow(scope, id);
      const owners = await this.repository.countOwners(scope);
      const refusal = refusalOf({ own, from: member.role, to: role, owners });
      if (refusal) throw refusal;
      if (member.role !== role) {
        await this.repository.updateRole(scope, id, role, this.clock.now());
        await this.#record(scope, 'member.role_change', member, { role: { from: member.role, to: role } });
      }
      return { status: 'updated', member_id: id, role };
    });
  }

  /** Removes a member who is no owner, and their place in the workspace's crews. */
  async remove(scope: WorkspaceScope, id: string): Promise<{ success: true }> {
    return this.transactions.run(async () => {
      await this.lock.enter(scope, 'manage');
      const member = await this.#getRow(scope, id);
      if (member.role === 'OWNER') throw memberErrors.ownerStays();
      const crews = await this.repository.remove(scope, member);
      await this.#record(scope, 'member.remove', member, { memberId: id, role: member.role, crews });
      return { success: true };
    });
  }

  async #getRow(scope: WorkspaceScope, id: string): Promise<MemberWithUser> {
    return (await this.repository.findById(scope, id)) ?? raise(memberErrors.notFound());
  }

  // The log names the person, whose id outlives the membership's.
  #record(
    scope: WorkspaceScope,
    action: string,
    { userId, user }: { userId: string; user: { email: string } },
    metadata: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(scope, { action, entityType, entityId: userId, entityName: user.email, metadata });
  }
}
