import { Injectable } from '@nestjs/common';
import type { Secret } from '#kernel';
import { type SealedPlace, Vault } from '#vault';
import { DeliveryEndpointsRepository } from './delivery-endpoints.repository.js';
import type { PostTarget } from './delivery-posting.service.js';

/** Where a lane's deliveries go now, with the key of the signatures opened. */
@Injectable()
export class DeliveryTargetsService {
  constructor(
    private readonly endpoints: DeliveryEndpointsRepository,
    private readonly vault: Vault,
  ) {}

  /** Null when there is no endpoint, or it is disabled. */
  async find(lane: { workspaceId: string; agentId: string | null }): Promise<PostTarget | null> {
    const endpoint = await this.endpoints.findForLane(lane);
    if (!endpoint || endpoint.disabledAt !== null) return null;
    const secret = await this.vault.open(endpoint.sealedSecret, placeOf(endpoint));
    return { endpointId: endpoint.id, url: endpoint.url, protocol: endpoint.protocol, secret };
  }

  /** The text to store as an endpoint's secret. */
  seal(endpoint: { id: string; workspaceId: string }, secret: Secret): Promise<string> {
    return this.vault.seal(secret, placeOf(endpoint));
  }
}

function placeOf({ id, workspaceId }: { id: string; workspaceId: string }): SealedPlace {
  return { workspaceId, table: 'delivery_endpoints', column: 'sealed_secret', rowId: id };
}
