import { Injectable } from '@nestjs/common';
import type { Secret } from '#kernel';
import { type SealedPlace, Vault } from '#vault';
import type { PostTarget } from './delivery-posting.service.js';

/** An endpoint in use, as it is stored. */
export interface SealedTarget extends Omit<PostTarget, 'secret'> {
  workspaceId: string;
  sealedSecret: string;
}

/** One that can be posted to. */
export interface OpenedTarget extends SealedTarget {
  secret: Secret;
}

/** Where a lane's deliveries go now, with the key of the signatures opened. */
@Injectable()
export class DeliveryTargetsService {
  constructor(private readonly vault: Vault) {}

  /** Opens the key of the signatures; what was opened before is used again while the endpoint is as it was. */
  async open(target: SealedTarget, before: OpenedTarget | null): Promise<OpenedTarget> {
    const isSame = before?.endpointId === target.endpointId && before.sealedSecret === target.sealedSecret;
    const { endpointId: id, workspaceId, sealedSecret } = target;
    const secret = isSame ? before.secret : await this.vault.open(sealedSecret, placeOf({ id, workspaceId }));
    return { ...target, secret };
  }

  /** The text to store as an endpoint's secret. */
  seal(endpoint: { id: string; workspaceId: string }, secret: Secret): Promise<string> {
    return this.vault.seal(secret, placeOf(endpoint));
  }
}

function placeOf({ id, workspaceId }: { id: string; workspaceId: string }): SealedPlace {
  return { workspaceId, table: 'delivery_endpoints', column: 'sealed_secret', rowId: id };
}
