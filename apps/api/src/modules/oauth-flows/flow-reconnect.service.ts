import { Injectable } from '@nestjs/common';
import { type CallerScope, raise, type WorkspaceScope } from '#kernel';
import { FlowClients } from './flow-clients.service.js';
import type { FlowCredential } from './flow-credentials.repository.js';
import { FlowCredentialsRepository } from './flow-credentials.repository.js';
import { FlowCredentials } from './flow-credentials.service.js';
import { FlowRedirects } from './flow-redirects.service.js';
import { FlowScopes } from './flow-scopes.service.js';
import { FlowStart } from './flow-start.service.js';
import { oauthFlowErrors } from './oauth-flows.errors.js';
import type { StartedFlow } from './oauth-flows.types.js';

/** Connecting a credential again from a link that names nothing but the credential. */
@Injectable()
export class FlowReconnect {
  constructor(
    private readonly repository: FlowCredentialsRepository,
    private readonly credentials: FlowCredentials,
    private readonly scopes: FlowScopes,
    private readonly clients: FlowClients,
    private readonly redirects: FlowRedirects,
    private readonly starts: FlowStart,
  ) {}

  /**
   * The credential, in the caller's scope in its workspace.
   * @throws AppError 404 for one that is not there or that the caller may not connect, 400 when it cannot be connected.
   */
  async find(caller: CallerScope, id: string): Promise<{ scope: WorkspaceScope; credential: FlowCredential }> {
    const workspaceId = await this.repository.findWorkspaceId(id);
    const scope = workspaceId === null ? null : await this.scopes.ofCaller(caller, workspaceId);
    if (scope === null) return raise(oauthFlowErrors.credentialNotFound());
    const credential = await this.credentials.get(scope, id);
    this.credentials.settingsOf(credential);
    return { scope, credential };
  }

  /** Starts a flow whose answer comes to our callback. @throws AppError when a client that ended cannot be renewed. */
  async start(scope: WorkspaceScope, credential: FlowCredential, browserHash: string): Promise<StartedFlow> {
    const redirectUri = this.redirects.own;
    const renewedClientId = await this.clients.renewedId(scope, credential, redirectUri);
    const delivery = 'callback';
    return this.starts.begin(scope, credential, { delivery, redirectUri, target: null, browserHash, renewedClientId });
  }
}
