import { Injectable } from '@nestjs/common';
import type { WorkspaceScope } from '#kernel';
import { DeliveryEndpointsService } from '../deliveries/delivery-endpoints.service.js';
import { PluginTransferService } from '../plugins/plugin-transfer.service.js';
import type { ImportNote, PlannedWorkspace } from './org-plan.types.js';

const unseen =
  'deliveries go to its url, signed with a secret that was shown to nobody: ' +
  'PUT /workspaces/{id}/delivery-endpoint with rotate_secret shows a new one';

/** What an agent works with beside its files: plugins, and the address that it is reached at. Runs in the caller's transaction. */
@Injectable()
export class WorkspaceEquipmentService {
  constructor(
    private readonly plugins: PluginTransferService,
    private readonly endpoints: DeliveryEndpointsService,
  ) {}

  /** Has the plugins installed once the transaction is over, as far as allow-lists let them, and answers what is still to be done. */
  async equip(scope: WorkspaceScope, { name, installs, url }: PlannedWorkspace): Promise<ImportNote[]> {
    if (installs.length > 0) {
      await this.plugins.import(
        scope,
        installs.map((source) => ({ source, sha256: null })),
      );
    }
    if (url === null) return [];
    // Agents of this kind speak A2A, and work without looking at signatures.
    await this.endpoints.import(scope, null, { wish: { url, protocol: 'a2a' }, disabledReason: null });
    return [{ workspace: name, kind: 'delivery_endpoint', note: unseen }];
  }
}
