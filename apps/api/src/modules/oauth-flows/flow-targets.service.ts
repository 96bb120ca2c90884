import { Injectable } from '@nestjs/common';
import { raise, type WorkspaceScope } from '#kernel';
import { BindCredentialService } from '../agent-bindings/bind-credential.service.js';
import { CredentialRemovalService } from '../credentials/credential-removal.service.js';
import { FlowServersRepository } from './flow-servers.repository.js';
import { FlowServersService } from './flow-servers.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import type { ConnectedServer, FlowTarget, ServerDraft } from './oauth-flows.types.js';
import { chooseServer } from './server-choice.js';

/** Gives servers the credentials that flows brought. Works in the caller's transaction. */
@Injectable()
export class FlowTargetsService {
  constructor(
    private readonly repository: FlowServersRepository,
    private readonly servers: FlowServersService,
    private readonly bindings: BindCredentialService,
    private readonly removal: CredentialRemovalService,
  ) {}

  /**
   * Attaches the credential to what the flow was started for, by its stored id and never by a name: for one agent to its
   * binding, else to the server. Answers the server.
   * @throws AppError `oauth.target_gone`, or what the features of servers and bindings refuse.
   */
  async attach(scope: WorkspaceScope, credential: { id: string }, target: FlowTarget): Promise<ConnectedServer> {
    const agentId = target.agentId ?? null;
    switch (target.kind) {
      case 'draft':
        return this.#fromDraft(scope, credential.id, target.server, agentId);
      case 'workspace_integration':
        return this.#give(scope, { scope: 'workspace', id: target.id }, credential.id, agentId);
      case 'crew_integration':
        return this.#give(scope, { scope: 'crew', id: target.id }, credential.id, agentId);
    }
  }

  async #fromDraft(
    scope: WorkspaceScope,
    credentialId: string,
    draft: ServerDraft,
    agentId: string | null,
  ): Promise<ConnectedServer> {
    const choice = chooseServer(draft, await this.repository.findNamed(scope, draft), agentId !== null);
    const level = draft.crewId === null ? 'workspace' : 'crew';
    if (choice.kind === 'existing') return this.#give(scope, { scope: level, id: choice.id }, credentialId, agentId);
    const named = { ...draft, name: choice.name };
    const server = await this.servers.create(scope, named, agentId === null ? credentialId : null);
    if (agentId !== null) await this.bindings.bind(scope, agentId, server, credentialId);
    return server;
  }

  async #give(
    scope: WorkspaceScope,
    server: ConnectedServer,
    credentialId: string,
    agentId: string | null,
  ): Promise<ConnectedServer> {
    const found = (await this.repository.find(scope, server)) ?? raise(oauthFlowErrors.targetGone());
    if (agentId !== null) {
      await this.bindings.bind(scope, agentId, server, credentialId);
      return server;
    }
    if (found.credentialId === credentialId) return server;
    await this.servers.attach(scope, found, credentialId);
    await this.#dropReplaced(scope, server.id, found.credentialId);
    return server;
  }

  // A credential that was made for this very server goes with its last use.
  async #dropReplaced(scope: WorkspaceScope, serverId: string, replaced: string | null): Promise<void> {
    if (replaced === null) return;
    const madeFor = await this.removal.findMadeFor(scope, [serverId]);
    const ids = madeFor.filter((id) => id === replaced);
    await this.removal.removeUnused(scope, ids, { action: 'oauth.connect', entityId: serverId });
  }
}
