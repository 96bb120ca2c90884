import { Injectable } from '@nestjs/common';
import { raise, type WorkspaceScope } from '#kernel';
import { ConnectorAuthorizationService } from './connector-authorization.service.js';
import { ConnectorCatalogue } from './connector-catalogue.js';
import { connectorErrors } from './connectors.errors.js';
import { ConnectorsRepository } from './connectors.repository.js';
import type { InstallConnectorResponse } from './dto/install-connector.response.js';

/** Asking for a person's consent again: it was not given in time, or the server could not be asked. */
@Injectable()
export class ConnectInstallationService {
  constructor(
    private readonly catalogue: ConnectorCatalogue,
    private readonly repository: ConnectorsRepository,
    private readonly authorization: ConnectorAuthorizationService,
  ) {}

  /**
   * Begins a new authorization for an installation; connectors without OAuth have nothing to begin.
   * @throws AppError 404 for the connector or the installation, 400 or 422 when its authorization server is of no use.
   */
  async connect(
    scope: WorkspaceScope,
    connectorId: string,
    integrationId: string,
    browserHash: string,
  ): Promise<InstallConnectorResponse> {
    const manifest = this.catalogue.get(connectorId);
    const found =
      (await this.repository.findInstallation(scope, connectorId, integrationId)) ??
      raise(connectorErrors.installationNotFound());
    const { crewId, endpoint, credentialId } = found;
    const installed = { integrationId, crewId, endpoint, oauthCredentialId: credentialId };
    const next =
      manifest.auth_mode === 'mcp_oauth'
        ? await this.authorization.connect(scope, manifest, installed, browserHash)
        : await this.authorization.begin(scope, manifest, installed, browserHash);
    return { integration_id: integrationId, ...next };
  }
}
