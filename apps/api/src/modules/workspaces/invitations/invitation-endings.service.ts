import { Injectable } from '@nestjs/common';
import { personOf } from '#access';
import { AuditLogService } from '#audit-log';
import { type CallerScope, Clock, Ids, raise, Transactions, tokenHash, type WorkspaceScope } from '#kernel';
import type { MemberResponse } from '../members/dto/member.response.js';
import { memberErrors } from '../members/members.errors.js';
import { toMemberResponse } from '../members/members.mapper.js';
import { MembersRepository } from '../members/members.repository.js';
import type { AcceptInvitationDto } from './dto/accept-invitation.dto.js';
import { invitationErrors } from './invitations.errors.js';
import { InvitationsRepository } from './invitations.repository.js';
import type { Invitation, InvitationWithInviter } from './invitations.types.js';

/** How invitations end: accepted by the invited person, or revoked by the workspace. Each ends once. */
@Injectable()
export class InvitationEndingsService {
  constructor(
    private readonly repository: InvitationsRepository,
    private readonly members: MembersRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Makes the caller a member, if the invitation is theirs and still open. */
  async accept(caller: CallerScope, { token }: AcceptInvitationDto): Promise<MemberResponse> {
    const userId = personOf(caller);
    const now = this.clock.now();
    return this.transactions.run(async () => {
      const invitation = await this.#getAcceptable(caller, token, now);
      const { workspaceId, role } = invitation;
      if (await this.members.findByUser(workspaceId, userId)) throw memberErrors.exists();
      if (!(await this.repository.close(invitation.id, { acceptedAt: now }))) throw invitationErrors.used();
      await this.members.insert({ id: this.ids.next(), workspaceId, userId, role, createdAt: now, updatedAt: now });
      await this.#record(caller, 'invitation.accept', invitation);
      const member = await this.members.findByUser(workspaceId, userId);
      return toMemberResponse(member ?? raise(memberErrors.notFound()));
    });
  }

  /** Takes an open invitation back; its token is worth nothing from then on. */
  async revoke(scope: WorkspaceScope, id: string): Promise<{ success: true }> {
    return this.transactions.run(async () => {
      const invitation = (await this.repository.findOpenById(scope, id)) ?? raise(invitationErrors.notFound());
      const closed = await this.repository.close(id, { revokedAt: this.clock.now() });
      if (!closed) throw invitationErrors.notFound();
      await this.#record(scope, 'invitation.revoke', invitation);
      return { success: true };
    });
  }

  // The address comes first: only the invited person learns what became of the invitation.
  async #getAcceptable(caller: CallerScope, token: string, now: Date): Promise<InvitationWithInviter> {
    const invitation = await this.repository.findByTokenHash(tokenHash(token));
    if (!invitation) throw invitationErrors.notFound();
    if (invitation.email !== caller.actor.email) throw invitationErrors.otherEmail();
    if (invitation.acceptedAt) throw invitationErrors.used();
    if (invitation.revokedAt) throw invitationErrors.revoked();
    if (invitation.expiresAt.getTime() <= now.getTime()) throw invitationErrors.expired();
    return invitation;
  }

  #record(caller: CallerScope, action: string, { id, workspaceId, email, role }: Invitation): Promise<void> {
    const entityType = 'WorkspaceInvitation';
    return this.audit.record(caller, {
      action,
      entityType,
      entityId: id,
      entityName: email,
      workspaceId,
      metadata: { role },
    });
  }
}
