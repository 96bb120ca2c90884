import { Injectable } from '@nestjs/common';
import { personOf } from '#access';
import { AuditLogService } from '#audit-log';
import { type CallerScope, Clock, Transactions } from '#kernel';
import type { OnboardingCompletedResponse, OnboardingStatusResponse } from './dto/onboarding.response.js';
import { OnboardingRepository } from './onboarding.repository.js';

/** Whether a person has gone through the first steps. */
@Injectable()
export class OnboardingService {
  constructor(
    private readonly repository: OnboardingRepository,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** True once completed, or once an agent exists in any of the person's workspaces. Writes nothing. */
  async status(caller: CallerScope): Promise<OnboardingStatusResponse> {
    const userId = personOf(caller);
    const completed = (await this.repository.isCompleted(userId)) || (await this.repository.hasAgents(userId));
    return { completed };
  }

  /** Marks the first steps as done. Doing it again changes nothing. */
  async complete(caller: CallerScope): Promise<OnboardingCompletedResponse> {
    const userId = personOf(caller);
    return this.transactions.run(async () => {
      if (await this.repository.complete(userId, this.clock.now())) {
        await this.audit.record(caller, { action: 'onboarding.complete', entityType: 'USER', entityId: userId });
      }
      return { status: 'completed' };
    });
  }
}
