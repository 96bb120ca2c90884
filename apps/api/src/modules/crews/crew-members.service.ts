import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import type { LateBody } from '#http';
import { Clock, Ids, type Page, type PageRequest, raise, Transactions, type WorkspaceScope } from '#kernel';
import { type CrewMemberRow, CrewMembersRepository } from './crew-members.repository.js';
import { crewErrors } from './crews.errors.js';
import { CrewsService } from './crews.service.js';
import type { AddCrewMemberDto } from './dto/add-crew-member.dto.js';
import type { CrewMemberResponse } from './dto/crew-member.response.js';

/** Who belongs to a crew, and with which role. */
@Injectable()
export class CrewMembersService {
  constructor(
    private readonly crews: CrewsService,
    private readonly repository: CrewMembersRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One page, oldest first. @throws AppError `crew.not_found`. */
  async list(scope: WorkspaceScope, crewId: string, page: PageRequest): Promise<Page<CrewMemberResponse>> {
    await this.crews.getRow(scope, crewId);
    const { items, total } = await this.repository.findMany(scope, crewId, page);
    return { items: items.map(toResponse), total };
  }

  /** Adds a member of the workspace. @throws AppError 404 for the crew, then 400, 404 for the user, 409. */
  add(scope: WorkspaceScope, crewId: string, body: LateBody<AddCrewMemberDto>): Promise<CrewMemberResponse> {
    return this.transactions.run(async () => {
      await this.crews.hold(scope, crewId);
      const dto = body.read();
      const userId = dto.user_id;
      if (!(await this.repository.holdWorkspaceMember(scope, userId))) throw crewErrors.userNotFound();
      const row = { id: this.ids.next(), crewId, userId, role: dto.role ?? null, createdAt: this.clock.now() };
      await this.repository.insert(row);
      await this.#record(scope, 'crew_member.create', row);
      return toResponse((await this.repository.findById(scope, crewId, row.id)) ?? raise(crewErrors.memberNotFound()));
    });
  }

  /** Takes a member out of the crew. @throws AppError `crew.member_not_found`. */
  remove(scope: WorkspaceScope, crewId: string, id: string): Promise<{ success: true }> {
    return this.transactions.run(async () => {
      await this.crews.getRow(scope, crewId);
      const row = (await this.repository.findById(scope, crewId, id)) ?? raise(crewErrors.memberNotFound());
      if (!(await this.repository.remove(scope, crewId, id))) throw crewErrors.memberNotFound();
      await this.#record(scope, 'crew_member.delete', row);
      return { success: true };
    });
  }

  #record(
    scope: WorkspaceScope,
    action: string,
    { id, crewId, userId, role }: { id: string; crewId: string; userId: string; role: string | null },
  ): Promise<void> {
    return this.audit.record(scope, {
      action,
      entityType: 'CREW_MEMBER',
      entityId: id,
      metadata: { crewId, userId, role },
    });
  }
}

function toResponse(row: CrewMemberRow): CrewMemberResponse {
  const { id, email, fullName, avatarUrl } = row.user;
  return {
    id: row.id,
    crew_id: row.crewId,
    user_id: row.userId,
    role: row.role,
    created_at: row.createdAt.toISOString(),
    user: { id, email, full_name: fullName, avatar_url: avatarUrl },
  };
}
