import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { raise, Transactions, type WorkspaceScope } from '#kernel';
import { deliveryErrors } from '../deliveries/deliveries.errors.js';
import { DeliveryRunsService } from '../deliveries/delivery-runs.service.js';
import type { RunResponse } from './dto/run.response.js';
import { runErrors } from './runs.errors.js';
import { toRunResponse } from './runs.mapper.js';
import { RunsRepository } from './runs.repository.js';
import type { Run } from './runs.types.js';

/** What people do with the runs that messages started. */
@Injectable()
export class RunActionsService {
  constructor(
    private readonly repository: RunsRepository,
    private readonly deliveries: DeliveryRunsService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
  ) {}

  /** Ends a run. @throws AppError `run.not_found`; 409 when it is over, or no message started it. */
  cancel(scope: WorkspaceScope, id: string): Promise<RunResponse> {
    return this.transactions.run(async () => {
      const isOpen = async () => (await this.#get(scope, id)).status === 'RUNNING';
      const cancelled = (await isOpen()) && (await this.deliveries.cancel(scope, id, isOpen));
      if (!cancelled) {
        const { status } = await this.#get(scope, id);
        throw deliveryErrors.runIsOver({ params: { status } });
      }
      await this.#record(scope, 'run.cancel', id, {});
      return toRunResponse(await this.#get(scope, id));
    });
  }

  /** Sends a run's message again and answers the new run. @throws AppError as {@link cancel}; 409 while it is running. */
  retry(scope: WorkspaceScope, id: string): Promise<RunResponse> {
    return this.transactions.run(async () => {
      const { status } = await this.#get(scope, id);
      if (status === 'RUNNING') throw deliveryErrors.runIsOpen();
      const { runId } = await this.deliveries.retry(scope, id, scope.actor.userId);
      // Its agent may have been deleted since.
      const run = await this.#get(scope, runId ?? raise(deliveryErrors.runNotOfMessage()));
      await this.#record(scope, 'run.retry', id, { new_run_id: run.id });
      return toRunResponse(run);
    });
  }

  async #get(scope: WorkspaceScope, id: string): Promise<Run> {
    return (await this.repository.findById(scope, id)) ?? raise(runErrors.notFound());
  }

  #record(scope: WorkspaceScope, action: string, entityId: string, facts: Record<string, unknown>): Promise<void> {
    return this.audit.record(scope, { action, entityType: 'RUN', entityId, metadata: redacted(facts) });
  }
}
