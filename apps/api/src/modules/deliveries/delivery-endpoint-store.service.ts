import { Injectable } from '@nestjs/common';
import { JobQueue } from '#jobs';
import type { Secret, WorkspaceScope } from '#kernel';
import type { DeliveryEndpoint, DeliveryProtocol } from './deliveries.types.js';
import { DeliveryEndpointsRepository } from './delivery-endpoints.repository.js';
import { DeliveryTargetsService } from './delivery-targets.service.js';
import { laneJob } from './lane-jobs-rules.js';
import { LanesRepository } from './lanes.repository.js';
import { Moment } from './moment.service.js';

/** What an endpoint is set to. */
export interface EndpointWish {
  url: string;
  protocol: DeliveryProtocol;
  eventTypes: string[];
  /** Null: the one that it has. */
  secret: Secret | null;
  /** Why nothing is to be posted there until it is set again; null: it is in use from now on. */
  disabledReason: string | null;
}

/** Writes endpoints, with the secret sealed, and has what waits in the lanes looked at again. */
@Injectable()
export class DeliveryEndpointStore {
  constructor(
    private readonly repository: DeliveryEndpointsRepository,
    private readonly targets: DeliveryTargetsService,
    private readonly lanes: LanesRepository,
    private readonly jobs: JobQueue,
    private readonly moment: Moment,
  ) {}

  /** The endpoint of one recipient, without its secret. */
  find(scope: WorkspaceScope, agentId: string | null): Promise<DeliveryEndpoint | null> {
    return this.repository.find(scope, agentId);
  }

  /** As {@link find}, and keeps other writers away until the transaction ends. */
  async take(scope: WorkspaceScope, agentId: string | null): Promise<DeliveryEndpoint | null> {
    await this.repository.lockRecipient(scope, agentId);
    return await this.repository.find(scope, agentId);
  }

  /** Writes the endpoint. */
  async save(
    { workspaceId }: WorkspaceScope,
    agentId: string | null,
    before: DeliveryEndpoint | null,
    { secret, ...wish }: EndpointWish,
  ): Promise<DeliveryEndpoint> {
    const now = this.moment.clock.now();
    const id = before?.id ?? this.moment.ids.next();
    const createdAt = before?.createdAt ?? now;
    const disabledAt = wish.disabledReason === null ? null : now;
    const endpoint: DeliveryEndpoint = { ...wish, disabledAt, id, workspaceId, agentId, createdAt, updatedAt: now };
    const sealedSecret = secret && (await this.targets.seal(endpoint, secret));
    await this.repository.save({ ...endpoint, ...(sealedSecret !== null && { sealedSecret }) });
    await this.#callLanes(workspaceId, now);
    return endpoint;
  }

  /** Removes the endpoint. */
  async remove({ workspaceId }: WorkspaceScope, agentId: string | null): Promise<void> {
    await this.repository.remove({ workspaceId }, agentId);
    await this.#callLanes(workspaceId, this.moment.clock.now());
  }

  async #callLanes(workspaceId: string, now: Date): Promise<void> {
    const lanes = await this.lanes.hasten(workspaceId, now);
    await this.jobs.addAll(lanes.map((id) => laneJob(id)));
  }
}
