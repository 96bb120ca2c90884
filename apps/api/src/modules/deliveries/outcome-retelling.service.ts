import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { type Job, JobHandlers } from '#jobs';
import { Clock, Transactions } from '#kernel';
import type { Delivery } from './deliveries.types.js';
import { DeliveryOutcomes, type OutcomeListener } from './delivery-outcomes.service.js';
import { DeliveryReadingRepository } from './delivery-reading.repository.js';
import { outcomeOf } from './outcome-rules.js';

const task = 'deliveries.outcome';
const payload = z.object({ workspace: z.string(), delivery: z.string(), what: z.enum(['settled', 'replied']) });

/** The job that tells a listener again. */
export function retellingJob(what: keyof OutcomeListener, { id, workspaceId }: Delivery): Job {
  return { task, payload: { workspace: workspaceId, delivery: id, what }, key: `outcome:${what}:${id}` };
}

/** Tells listeners that threw, until they do not: then in a transaction of their own. */
@Injectable()
export class OutcomeRetellingService implements OnModuleInit {
  constructor(
    private readonly outcomes: DeliveryOutcomes,
    private readonly handlers: JobHandlers,
    private readonly reading: DeliveryReadingRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.handlers.register(task, (job) => this.#tell(payload.parse(job)));
  }

  // What was sent again meanwhile has another outcome later.
  async #tell({ workspace: workspaceId, delivery: id, what }: z.infer<typeof payload>): Promise<void> {
    const delivery = await this.reading.findById({ workspaceId }, id);
    const listener = delivery && this.outcomes.of(delivery.originKind);
    if (!listener || delivery.status === 'pending') return;
    const attempt = await this.reading.findLastAttempt({ workspaceId }, id);
    await this.transactions.run(() => listener[what](outcomeOf(delivery, attempt, this.clock.now())));
  }
}
