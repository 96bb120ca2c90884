import { Injectable } from '@nestjs/common';
import { LateBody } from '#http';
import { Transactions, type WorkspaceScope } from '#kernel';
import { AgentBindingsRepository } from './agent-bindings.repository.js';
import type { BoundServer } from './agent-bindings.types.js';
import { CreateAgentBindingService } from './create-agent-binding.service.js';
import { CreateAgentBindingDto } from './dto/create-agent-binding.dto.js';
import { UpdateAgentBindingService } from './update-agent-binding.service.js';

/** Giving one agent a server, for features that make and connect servers. */
@Injectable()
export class BindCredentialService {
  constructor(
    private readonly repository: AgentBindingsRepository,
    private readonly creation: CreateAgentBindingService,
    private readonly changes: UpdateAgentBindingService,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Binds a server that the agent has not been bound to, without a credential of the binding's own. In the caller's
   * transaction if there is one.
   * @throws AppError 404 for the agent, 400 for the server, 409 when it is bound already.
   */
  async add(scope: WorkspaceScope, agentId: string, server: BoundServer): Promise<void> {
    const body = { mcp_server_id: server.id, mcp_server_scope: server.scope };
    await this.creation.create(scope, agentId, LateBody.of(CreateAgentBindingDto, body));
  }

  /**
   * Makes the agent's binding for the server send the credential as a bearer token, and switches it on; makes one where
   * there is none. In the caller's transaction if there is one, with the audit row of either.
   * @throws AppError 404 for the agent, 400 for the server or the credential.
   */
  bind(scope: WorkspaceScope, agentId: string, server: BoundServer, credentialId: string): Promise<void> {
    const given = { credential_id: credentialId, cred_type: 'bearer', enabled: true } as const;
    return this.transactions.run(async () => {
      const existing = await this.repository.findNamedForUpdate(scope, agentId, server.id);
      if (existing) {
        await this.changes.update(scope, agentId, existing.id, given);
        return;
      }
      const body = { mcp_server_id: server.id, mcp_server_scope: server.scope, ...given };
      await this.creation.create(scope, agentId, LateBody.of(CreateAgentBindingDto, body));
    });
  }
}
