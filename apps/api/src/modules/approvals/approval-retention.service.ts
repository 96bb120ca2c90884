import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel';
import { RetentionSweep } from '../../platform/retention-sweep.js';
import { ApprovalsRepository } from './approvals.repository.js';

/** Removes approvals thirty days after they were decided; the audit log goes on knowing of them. */
@Injectable()
export class ApprovalRetentionService extends RetentionSweep {
  constructor(
    private readonly repository: ApprovalsRepository,
    clock: Clock,
  ) {
    super('approval-retention', clock);
  }

  protected remove(before: Date, most: number): Promise<number> {
    return this.repository.forget(before, most);
  }
}
