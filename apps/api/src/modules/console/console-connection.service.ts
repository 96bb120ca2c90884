import { Injectable } from '@nestjs/common';
import { Clock, type WorkspaceScope } from '#kernel';
import type { ListedTool, ProbeResult } from '#mcp-client';
import { ConnectionTestsService } from '../connection-tests/connection-tests.service.js';
import { consoleErrors } from './console.errors.js';
import type { ConsoleServer } from './console.types.js';
import { ConsoleIntegrationsRepository } from './console-integrations.repository.js';
import { ConsoleServersService } from './console-servers.service.js';
import type { McpServerTestResponse } from './dto/mcp-server.response.js';

// Clients of the console give up after 30 s.
const deadlineMs = 20_000;

/** Connecting to an agent's MCP servers. */
@Injectable()
export class ConsoleConnectionService {
  constructor(
    private readonly repository: ConsoleIntegrationsRepository,
    private readonly servers: ConsoleServersService,
    private readonly connections: ConnectionTestsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Connects, lists the tools and ends the session. Nothing is recorded but whether it worked. The server's own words are
   * not repeated: whoever writes them need not be trusted by those who read the answer.
   * @throws AppError 404, `console.type_mismatch`, or 400 `console.integration_connection_failed` when no session came about.
   */
  async test(scope: WorkspaceScope, agentId: string, id: string): Promise<McpServerTestResponse> {
    const found = await this.#connect(scope, await this.servers.get(scope, agentId, id));
    if (found.status === 'ok') {
      return { success: true, message: 'Connected', tools_count: found.tools_count ?? 0 };
    }
    const error = found.quotes_server ? 'Server answered with an error of its own' : found.message;
    return { success: false, message: 'Connected, but the tools could not be listed', error };
  }

  /** The server and its tools. @throws AppError as {@link test}, also when the tools cannot be listed. */
  async listTools(
    scope: WorkspaceScope,
    agentId: string,
    id: string,
  ): Promise<{ server: ConsoleServer; tools: readonly ListedTool[] }> {
    const server = await this.servers.get(scope, agentId, id);
    const found = await this.#connect(scope, server);
    if (found.status !== 'ok') throw failed(found);
    return { server, tools: found.tools ?? [] };
  }

  async #connect(scope: WorkspaceScope, server: ConsoleServer): Promise<ProbeResult> {
    const found = await this.connections.probeWorkspaceIntegration(scope, server.id, { deadlineMs });
    await this.repository.noteConnection(scope, server, found.status === 'ok', this.clock.now());
    // The revision is agreed on when a session comes about, whatever becomes of it.
    if (found.status !== 'ok' && found.protocol_version === undefined) throw failed(found);
    return found;
  }
}

function failed({ status, message }: ProbeResult): Error {
  return consoleErrors.integrationConnectionFailed({ details: { status, found: message } });
}
