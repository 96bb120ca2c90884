import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { type CallerScope, Clock, Ids, workspaceRoles } from '#kernel';
import type { Account } from './accounts.service.js';
import { type OpenInvitation, RegistrationRepository } from './registration.repository.js';

/** Lets a new user into the workspaces that invited their address. */
@Injectable()
export class InvitationIntakeService {
  constructor(
    private readonly repository: RegistrationRepository,
    private readonly audit: AuditLogService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Takes up every invitation that is neither expired, revoked nor used. Joins the running transaction. */
  async joinAll(scope: CallerScope, { userId, email }: Account): Promise<void> {
    const now = this.clock.now();
    const invitations = await this.repository.takeInvitations(email, now);
    if (invitations.length === 0) return;
    const memberships = invitations.map((invitation) => ({
      id: this.ids.next(),
      workspaceId: invitation.workspaceId,
      userId,
      role: roleOf(invitation),
    }));
    await this.repository.insertMemberships(memberships, now);
    for (const { id, workspaceId, role } of invitations) {
      await this.audit.record(scope, {
        action: 'invitation.accept',
        entityType: 'INVITATION',
        entityId: id,
        entityName: email,
        workspaceId,
        userId,
        metadata: { role },
      });
    }
  }
}

// The column holds roles only; an unknown one would be the least of them.
function roleOf({ role }: OpenInvitation) {
  return workspaceRoles.find((known) => known === role) ?? 'VIEWER';
}
