import { Injectable } from '@nestjs/common';
import type { Page, PageRequest, WorkspaceScope } from '#kernel';
import { ComposioKeys } from '../composio-settings/composio-keys.service.js';
import { ComposioLeasesService } from './composio-leases.service.js';
import { ComposioServersRepository } from './composio-servers.repository.js';
import type { ComposioLeftoverResponse } from './dto/composio-leftover.response.js';
import type { RetriedLeftoversResponse } from './dto/retried-leftovers.response.js';
import { LeftoversService } from './leftovers.service.js';

/** What is left at Composio without use, for people. */
@Injectable()
export class ComposioLeftoversService {
  constructor(
    private readonly servers: ComposioServersRepository,
    private readonly leftovers: LeftoversService,
    private readonly leases: ComposioLeasesService,
    private readonly keys: ComposioKeys,
  ) {}

  /** One page, oldest first. */
  async list(scope: WorkspaceScope, page: PageRequest): Promise<Page<ComposioLeftoverResponse>> {
    const { items, total } = await this.servers.findLeftoverPage(scope, page);
    return {
      items: items.map((row) => ({
        id: row.id,
        name: row.name,
        toolkit: row.toolkit,
        mcp_server_id: row.upstreamId,
        failures: row.failures,
        last_error: row.lastError,
        next_attempt_at: row.nextAttemptAt.toISOString(),
        created_at: row.createdAt.toISOString(),
      })),
      total,
    };
  }

  /** Tries now to delete them, whether their moment has come or not. @throws AppError 400 without a key, 409 when busy. */
  async retry(scope: WorkspaceScope): Promise<RetriedLeftoversResponse> {
    const access = await this.keys.require(scope);
    return this.leases.run(scope, (lease) => this.leftovers.remove(lease, access, { due: false }));
  }
}
