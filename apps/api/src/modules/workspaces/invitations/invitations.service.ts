import { Injectable } from '@nestjs/common';
import { personOf } from '#access';
import { AuditLogService } from '#audit-log';
import { type Page, type PageRequest, Transactions, type WorkspaceScope } from '#kernel';
import { requireMayAssign } from '../assignable-role.js';
import { memberErrors } from '../members/members.errors.js';
import { MembersRepository } from '../members/members.repository.js';
import { MembershipLockRepository } from '../membership-lock.repository.js';
import type { CreateInvitationDto } from './dto/create-invitation.dto.js';
import type { CreatedInvitationResponse, InvitationResponse } from './dto/invitation.response.js';
import { InvitationIssuer } from './invitation-issuer.service.js';
import { invitationErrors } from './invitations.errors.js';
import { toInvitationResponse } from './invitations.mapper.js';
import { InvitationsRepository } from './invitations.repository.js';

/** Inviting people by email. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly repository: InvitationsRepository,
    private readonly members: MembersRepository,
    private readonly lock: MembershipLockRepository,
    private readonly issuer: InvitationIssuer,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** One page of the open invitations, newest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<InvitationResponse>> {
    const { items, total } = await this.repository.findManyOpen(scope, page);
    return { items: items.map(toInvitationResponse), total };
  }

  /** Invites an address. Expired and revoked invitations do not stand in the way of a new one. */
  async create(scope: WorkspaceScope, dto: CreateInvitationDto): Promise<CreatedInvitationResponse> {
    const email = dto.email.trim().toLowerCase();
    const role = dto.role ?? 'MEMBER';
    requireMayAssign(scope.role, role, invitationErrors.adminByOwnerOnly);
    const issued = this.issuer.issue({ workspaceId: scope.workspaceId, userId: personOf(scope) }, { email, role });
    return this.transactions.run(async () => {
      requireMayAssign(await this.lock.enter(scope, 'manage'), role, invitationErrors.adminByOwnerOnly);
      if (await this.members.existsByEmail(scope, email)) throw memberErrors.exists();
      const active = await this.repository.existsActive(scope, email, issued.invitation.createdAt);
      if (active) throw invitationErrors.exists();
      const row = await this.repository.insert(issued.invitation, issued.tokenHash);
      await this.audit.record(scope, {
        action: 'invitation.create',
        entityType: 'WorkspaceInvitation',
        entityId: row.id,
        entityName: email,
        metadata: { role, expiresAt: row.expiresAt.toISOString() },
      });
      return { ...toInvitationResponse(row), token: issued.token };
    });
  }
}
