import { Injectable } from '@nestjs/common';
import { Clock, Transactions, type WorkspaceScope } from '#kernel';
import { consoleErrors } from './console.errors.js';
import { ConsoleActionsService } from './console-actions.service.js';
import { ConsoleConnectionService } from './console-connection.service.js';
import { ConsoleIntegrationsRepository } from './console-integrations.repository.js';
import { ConsoleServersService } from './console-servers.service.js';
import type { DiscoveredToolsResponse } from './dto/mcp-server.response.js';

/** Recording what tools an agent's MCP server offers. */
@Injectable()
export class DiscoverToolsService {
  constructor(
    private readonly repository: ConsoleIntegrationsRepository,
    private readonly servers: ConsoleServersService,
    private readonly connection: ConsoleConnectionService,
    private readonly actions: ConsoleActionsService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Connects and brings the recorded tools in line with what the server lists, all of it or nothing. Of two at once the
   * second compares with what the first has written.
   * @throws AppError 404, `console.type_mismatch`, 400 `console.integration_connection_failed`, or 409
   * `console.changed_meanwhile` when the listing is of another server than the integration now has.
   */
  async discover(scope: WorkspaceScope, agentId: string, id: string): Promise<DiscoveredToolsResponse> {
    const { server, tools } = await this.connection.listTools(scope, agentId, id);
    return this.transactions.run(async () => {
      const now = await this.servers.getAndLock(scope, agentId, id);
      if (now.serverUrl !== server.serverUrl) throw consoleErrors.changedMeanwhile({ headers: { 'Retry-After': '1' } });
      const sync = await this.actions.record(scope, now, tools);
      await this.repository.noteDiscovery(scope, id, this.clock.now());
      return {
        discovered: tools.length,
        created: sync.created.length,
        updated: sync.updated.length,
        disabled: sync.missing.length,
      };
    });
  }
}
