import { Injectable, Logger } from '@nestjs/common';
import type { ComposioAccess } from '#composio';
import type { WorkspaceScope } from '#kernel';
import { type ComposioLease, ComposioLeasesService } from './composio-leases.service.js';
import { LeftoversService } from './leftovers.service.js';

/** Changes of a workspace at Composio, one at a time, each of which clears away after itself. */
@Injectable()
export class UpstreamChangesService {
  readonly #log = new Logger('composio-bindings');

  constructor(
    private readonly leases: ComposioLeasesService,
    private readonly leftovers: LeftoversService,
  ) {}

  /**
   * Does the work, then deletes at Composio what nothing refers to any more, whether the work succeeded or not. What cannot
   * be deleted keeps its row; the sweep goes on with it.
   * @throws AppError what the work throws, `composio_binding.busy`.
   */
  run<T>(
    scope: Pick<WorkspaceScope, 'workspaceId'>,
    access: ComposioAccess | null,
    work: (lease: ComposioLease) => Promise<T>,
  ): Promise<T> {
    return this.leases.run(scope, async (lease) => {
      try {
        return await work(lease);
      } finally {
        await this.#clear(lease, access);
      }
    });
  }

  async #clear(lease: ComposioLease, access: ComposioAccess | null): Promise<void> {
    try {
      await this.leftovers.remove(lease, access, { due: true });
    } catch (error) {
      this.#log.error(error);
    }
  }
}
