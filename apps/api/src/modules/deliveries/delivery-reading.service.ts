import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, raise, type WorkspaceScope } from '#kernel';
import { deliveryErrors } from './deliveries.errors.js';
import { toAttemptResponse, toDeliveryResponse } from './deliveries.mapper.js';
import { type Delivery, type DeliveryStatus, pullableStatuses } from './deliveries.types.js';
import { type DeliveryFilter, DeliveryReadingRepository } from './delivery-reading.repository.js';
import type { DeliveryAttemptResponse, DeliveryDetailResponse, DeliveryResponse } from './dto/delivery.response.js';
import type { ListDeliveriesQuery } from './dto/list-deliveries.query.js';
import { Moment } from './moment.service.js';

const lookEveryMs = 1_000;
const shownAttempts = 20;

/** Looking at deliveries, and pulling them. */
@Injectable()
export class DeliveryReadingService {
  constructor(
    private readonly repository: DeliveryReadingRepository,
    private readonly moment: Moment,
  ) {}

  /**
   * One page, waiting for the first delivery for as long as asked. A program that asks for what can be pulled is remembered:
   * for ten minutes deliveries without an endpoint wait for it.
   */
  async list(scope: WorkspaceScope, query: ListDeliveriesQuery): Promise<Page<DeliveryResponse>> {
    const filter = await this.#filterOf(scope, query);
    // People look at lists in a browser without taking anything.
    const isPull = query.status === undefined && scope.actor.sessionId === null;
    let waited = 0;
    for (;;) {
      if (isPull) await this.repository.notePull(scope, this.moment.ids.next(), this.moment.clock.now());
      const { items, total } = await this.repository.findMany(scope, filter, query);
      if (items.length > 0 || waited >= query.wait_seconds) return { items: items.map(toDeliveryResponse), total };
      await wait(lookEveryMs);
      waited += 1;
    }
  }

  /** One delivery with its newest attempts. @throws AppError `delivery.not_found`. */
  async get(scope: WorkspaceScope, id: string): Promise<DeliveryDetailResponse> {
    const delivery = await this.getRow(scope, id);
    const { items } = await this.repository.findAttempts(scope, id, { limit: shownAttempts, offset: 0 });
    return { ...toDeliveryResponse(delivery), attempt_log: items.map(toAttemptResponse) };
  }

  /** One page of a delivery's attempts. @throws AppError `delivery.not_found`. */
  async attempts(scope: WorkspaceScope, id: string, page: PageRequest): Promise<Page<DeliveryAttemptResponse>> {
    await this.getRow(scope, id);
    const { items, total } = await this.repository.findAttempts(scope, id, page);
    return { items: items.map(toAttemptResponse), total };
  }

  /** The stored row. @throws AppError `delivery.not_found`, also for another workspace's. */
  async getRow(scope: WorkspaceScope, id: string): Promise<Delivery> {
    return (await this.repository.findById(scope, id)) ?? raise(deliveryErrors.notFound());
  }

  async #filterOf(scope: WorkspaceScope, query: ListDeliveriesQuery): Promise<DeliveryFilter> {
    const { after = '', agent_id: agentId = '', status } = query;
    const statuses: readonly DeliveryStatus[] = status === undefined ? pullableStatuses : [status];
    const filter = { statuses, agentId: agentId === '' ? null : agentId, after: null };
    if (after === '') return filter;
    if (/^\d{1,18}$/.test(after)) return { ...filter, after: { laneId: null, seq: BigInt(after) } };
    const { laneId, seq } = await this.getRow(scope, after);
    return { ...filter, after: { laneId, seq } };
  }
}
