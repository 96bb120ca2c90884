import { Injectable } from '@nestjs/common';
import { AuditLogService, redacted } from '#audit-log';
import { checkSecureEndpoint, Egress } from '#egress';
import { Random, raise, Secret, Transactions, type WorkspaceScope } from '#kernel';
import { deliverableEvents } from './deliverable-events-rules.js';
import { deliveryErrors } from './deliveries.errors.js';
import type { DeliveryEndpoint } from './deliveries.types.js';
import { DeliveryEndpointStore } from './delivery-endpoint-store.service.js';
import type { DeliveryEndpointResponse } from './dto/delivery-endpoint.response.js';
import type { PutDeliveryEndpointDto } from './dto/put-delivery-endpoint.dto.js';

const secretBytes = 32;

/** An endpoint that an import brings. */
export interface ImportedEndpoint {
  /** Judged as one that somebody sets. */
  wish: PutDeliveryEndpointDto;
  /** Why nothing is posted there until it is set again; null: it is in use at once, though nobody has seen its secret. */
  disabledReason: string | null;
}

/** Where deliveries are posted to. A null agent is the workspace itself. */
@Injectable()
export class DeliveryEndpointsService {
  constructor(
    private readonly store: DeliveryEndpointStore,
    private readonly egress: Egress,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly random: Random,
  ) {}

  /** @throws AppError `delivery.endpoint_not_found`. */
  async get(scope: WorkspaceScope, agentId: string | null): Promise<DeliveryEndpointResponse> {
    return toResponse((await this.store.find(scope, agentId)) ?? raise(deliveryErrors.endpointNotFound()));
  }

  /** Sets the endpoint and puts a disabled one into use again. The secret is in the answer when it is new, and never later. */
  async put(
    scope: WorkspaceScope,
    agentId: string | null,
    dto: PutDeliveryEndpointDto,
  ): Promise<DeliveryEndpointResponse> {
    return await this.#write(scope, agentId, { wish: dto, disabledReason: null });
  }

  /**
   * Sets an endpoint, in the caller's transaction; its secret is shown to nobody.
   * @throws AppError as {@link put}.
   */
  async import(scope: WorkspaceScope, agentId: string | null, endpoint: ImportedEndpoint): Promise<void> {
    await this.#write(scope, agentId, endpoint);
  }

  /** Why an address cannot be an endpoint's, in a sentence; null for one that can. Nothing is called. */
  findRefusal(url: string): string | null {
    const verdict = checkSecureEndpoint(url, this.egress.policy);
    return verdict.ok ? null : verdict.sentence;
  }

  async #write(
    scope: WorkspaceScope,
    agentId: string | null,
    { wish: dto, disabledReason }: ImportedEndpoint,
  ): Promise<DeliveryEndpointResponse> {
    const { host, protocol, eventTypes } = this.#judge(dto);
    return await this.transactions.run(async () => {
      const before = await this.store.take(scope, agentId);
      const secret = before && dto.rotate_secret !== true ? null : this.#newSecret();
      const endpoint = await this.store.save(scope, agentId, before, {
        url: dto.url.trim(),
        protocol,
        eventTypes,
        secret,
        disabledReason,
      });
      await this.#record(scope, 'delivery_endpoint.update', endpoint, {
        agent_id: agentId,
        host,
        protocol,
        event_types: eventTypes,
        secret_rotated: secret !== null,
        ...(disabledReason !== null && { disabled_reason: disabledReason }),
      });
      return { ...toResponse(endpoint), ...(secret && { secret: secret.reveal() }) };
    });
  }

  /** Removes the endpoint. What is pending goes to the workspace's, or waits for being pulled. */
  async remove(scope: WorkspaceScope, agentId: string | null): Promise<void> {
    await this.transactions.run(async () => {
      const before = (await this.store.take(scope, agentId)) ?? raise(deliveryErrors.endpointNotFound());
      await this.store.remove(scope, agentId);
      await this.#record(scope, 'delivery_endpoint.delete', before, { agent_id: agentId });
    });
  }

  #judge(dto: PutDeliveryEndpointDto) {
    const verdict = checkSecureEndpoint(dto.url, this.egress.policy);
    if (!verdict.ok) throw deliveryErrors.urlNotAllowed({ params: { sentence: verdict.sentence } });
    const protocol = dto.protocol ?? 'event';
    const eventTypes = [...new Set(dto.event_types ?? [])];
    const unknown = eventTypes.find((type) => !deliverableEvents.some((each) => each === type));
    if (unknown !== undefined) throw deliveryErrors.unknownEventType({ params: { type: unknown } });
    if (protocol === 'a2a' && eventTypes.length > 0) throw deliveryErrors.eventTypesNotForA2a();
    return { host: verdict.url.host, protocol, eventTypes };
  }

  #newSecret(): Secret {
    return new Secret(`dls_${this.random.bytes(secretBytes).toString('base64url')}`);
  }

  #record(scope: WorkspaceScope, action: string, { id }: DeliveryEndpoint, facts: Record<string, unknown>) {
    const entity = { entityType: 'DELIVERY_ENDPOINT', entityId: id };
    return this.audit.record(scope, { action, ...entity, metadata: redacted(facts) });
  }
}

function toResponse(endpoint: DeliveryEndpoint): DeliveryEndpointResponse {
  return {
    id: endpoint.id,
    workspace_id: endpoint.workspaceId,
    agent_id: endpoint.agentId,
    url: endpoint.url,
    protocol: endpoint.protocol,
    event_types: endpoint.eventTypes,
    disabled_at: endpoint.disabledAt?.toISOString() ?? null,
    disabled_reason: endpoint.disabledReason,
    created_at: endpoint.createdAt.toISOString(),
    updated_at: endpoint.updatedAt.toISOString(),
  };
}
