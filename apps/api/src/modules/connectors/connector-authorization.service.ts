import { Injectable } from '@nestjs/common';
import type { Manifest } from '#connector-manifests';
import { AppError, unreachable, type WorkspaceScope } from '#kernel';
import { OauthFlowsService } from '../oauth-flows/oauth-flows.service.js';
import type { FlowTarget } from '../oauth-flows/oauth-flows.types.js';
import type { InstalledServer } from './connector-servers.service.js';
import { connectorErrors } from './connectors.errors.js';
import type { InstallConnectorResponse } from './dto/install-connector.response.js';

type NextStep = Omit<InstallConnectorResponse, 'integration_id'>;

/** Begins the authorizations that installations need. */
@Injectable()
export class ConnectorAuthorizationService {
  constructor(private readonly flows: OauthFlowsService) {}

  /**
   * What comes after the installation; for `byo_oauth` with a flow that is made in its transaction.
   * @throws AppError 400 when the provider's endpoints must not be called.
   */
  async begin(
    scope: WorkspaceScope,
    manifest: Manifest,
    installed: InstalledServer,
    browserHash: string,
  ): Promise<NextStep> {
    const mode = manifest.auth_mode;
    switch (mode) {
      case 'pat':
      case 'conn_string':
      case 'none':
        return { next_step: '' };
      case 'mcp_oauth':
        return { next_step: 'mcp_oauth' };
      case 'byo_oauth':
        return this.#authorize(scope, installed, browserHash);
      default:
        return unreachable(mode);
    }
  }

  /**
   * Asks the server of an `mcp_oauth` connector for its authorization server and begins there: outside transactions.
   * @throws AppError when the server cannot be asked, or wants an application that somebody registers by hand.
   */
  async connect(
    scope: WorkspaceScope,
    manifest: Manifest,
    installed: InstalledServer,
    browserHash: string,
  ): Promise<NextStep> {
    const connection = await this.flows.connectMcpServer(scope, {
      url: installed.endpoint ?? '',
      name: manifest.id,
      target: targetOf(installed),
      browserHash,
    });
    if (connection.status !== 'authorize') throw connectorErrors.applicationNeeded();
    const { credentialId, flow } = connection;
    return { next_step: 'mcp_oauth', connect_url: flow.authUrl, flow_id: flow.flowId, credential_id: credentialId };
  }

  /**
   * The same for a new installation, which is none the worse for a server that cannot be asked now: it has no
   * `connect_url` then, and connecting it may be tried again.
   */
  async connectIfPossible(
    scope: WorkspaceScope,
    manifest: Manifest,
    installed: InstalledServer,
    browserHash: string,
  ): Promise<NextStep> {
    try {
      return await this.connect(scope, manifest, installed, browserHash);
    } catch (error) {
      if (error instanceof AppError) return { next_step: 'mcp_oauth' };
      throw error;
    }
  }

  async #authorize(scope: WorkspaceScope, installed: InstalledServer, browserHash: string): Promise<NextStep> {
    const credentialId = installed.oauthCredentialId ?? '';
    const target = targetOf(installed);
    const flow = await this.flows.start(scope, { credentialId, delivery: 'callback', target, browserHash });
    return { next_step: 'oauth', oauth_url: flow.authUrl, flow_id: flow.flowId, credential_id: credentialId };
  }
}

function targetOf({ integrationId: id, crewId }: InstalledServer): FlowTarget {
  return crewId === null ? { kind: 'workspace_integration', id } : { kind: 'crew_integration', id };
}
