import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import type { WorkspaceScope } from '#kernel';
import { crewErrors } from './crews.errors.js';
import { type CrewChange, CrewsRepository } from './crews.repository.js';
import type { CountedCrew, Crew } from './crews.types.js';

/** Writes crews and their audit rows. Runs in the caller's transaction. */
@Injectable()
export class CrewWritingService {
  constructor(
    private readonly repository: CrewsRepository,
    private readonly audit: AuditLogService,
  ) {}

  /** Waits until nobody else changes or uses the crew. @throws AppError `crew.not_found`. */
  async lock(scope: WorkspaceScope, id: string): Promise<CountedCrew> {
    const locked = await this.repository.lock(scope, id);
    const row = locked ? await this.repository.findById(scope, id) : null;
    if (!row) throw crewErrors.notFound();
    return row;
  }

  /** @throws AppError `crew.slug_taken`. */
  insert(crew: Crew): Promise<void> {
    return this.repository.insert(crew);
  }

  /** @throws AppError `crew.not_found`, `crew.slug_taken`. */
  async update(scope: WorkspaceScope, id: string, change: CrewChange): Promise<void> {
    if (!(await this.repository.update(scope, id, change))) throw crewErrors.notFound();
  }

  /** Records a change of a crew. */
  record(
    scope: WorkspaceScope,
    action: string,
    crew: { id: string; name: string },
    metadata: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(scope, {
      action,
      entityType: 'CREW',
      entityId: crew.id,
      entityName: crew.name,
      metadata,
    });
  }
}
