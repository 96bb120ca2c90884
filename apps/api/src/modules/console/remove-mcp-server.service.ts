import { Injectable } from '@nestjs/common';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import { RemoveWorkspaceIntegrationService } from '../workspace-integrations/remove-workspace-integration.service.js';
import { ConsoleIntegrationsRepository } from './console-integrations.repository.js';
import { ConsoleServersService } from './console-servers.service.js';

/** Taking an MCP server away from an agent. */
@Injectable()
export class RemoveMcpServerService {
  constructor(
    private readonly repository: ConsoleIntegrationsRepository,
    private readonly servers: ConsoleServersService,
    private readonly removal: RemoveWorkspaceIntegrationService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Removes the server with its binding, tools and secrets. The console's own row stays, marked as deleted, and counts
   * against no limit.
   * @throws AppError 404 or `console.type_mismatch`.
   */
  remove(scope: WorkspaceScope, agentId: string, id: string): Promise<null> {
    return this.transactions.run(async () => {
      await this.servers.getAndLock(scope, agentId, id);
      await this.removal.remove(scope, id);
      await this.repository.markDeleted(scope, id, this.clock.now());
      return null;
    });
  }
}
