import { Injectable } from '@nestjs/common';
import type { Delivery, DeliveryStatus } from './deliveries.types.js';
import { RunRecordsRepository } from './run-records.repository.js';
import { SettlementsRepository } from './settlements.repository.js';

/** A delivery and its run as they were before. */
@Injectable()
export class RedeliveryRepository {
  constructor(
    private readonly settlements: SettlementsRepository,
    private readonly runs: RunRecordsRepository,
  ) {}

  /** The delivery is pending again. False unless it stands in one of the states. */
  reopen(id: string, from: readonly DeliveryStatus[], now: Date): Promise<boolean> {
    return this.settlements.reopen(id, from, now);
  }

  /** Its run runs again. */
  async reopenRun({ workspaceId, runId }: Delivery): Promise<void> {
    if (runId !== null) await this.runs.reopen(workspaceId, runId);
  }
}
