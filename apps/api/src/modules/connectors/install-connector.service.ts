import { Injectable } from '@nestjs/common';
import { AuditLogService } from '#audit-log';
import { AppConfig } from '#config';
import type { Manifest } from '#connector-manifests';
import type { LateBody } from '#http';
import { AppError, Transactions, type WorkspaceScope } from '#kernel';
import { ConnectorAuthorizationService } from './connector-authorization.service.js';
import { ConnectorCatalogue } from './connector-catalogue.js';
import type { Installing } from './connector-credentials.service.js';
import { ConnectorServersService, type InstalledServer } from './connector-servers.service.js';
import { connectorErrors } from './connectors.errors.js';
import { InstallConnectorDto } from './dto/install-connector.dto.js';
import type { InstallConnectorResponse } from './dto/install-connector.response.js';
import { fieldValuesOf, readBody, requiredFault } from './submitted-values.js';

/** Codes of a name that a server made elsewhere took meanwhile: the next one is tried then. */
const nameTaken: ReadonlySet<string> = new Set(['integration.name_taken', 'crew_integration.name_taken']);
const mostAttempts = 4;

/** What an installation made, and what is said of it. */
interface Made {
  installed: InstalledServer;
  answer: InstallConnectorResponse;
}

/** Installing connectors. */
@Injectable()
export class InstallConnectorService {
  constructor(
    private readonly catalogue: ConnectorCatalogue,
    private readonly servers: ConnectorServersService,
    private readonly authorization: ConnectorAuthorizationService,
    private readonly audit: AuditLogService,
    private readonly transactions: Transactions,
    private readonly config: AppConfig,
  ) {}

  /**
   * Makes the integration with its credentials, or nothing, and begins the authorization that it needs. `browserHash` ties
   * that to the caller's browser.
   * @throws AppError 404 `connector not found`, then 400 for the body or a value, then 404 `Crew not found`.
   */
  async install(
    scope: WorkspaceScope,
    id: string,
    body: LateBody<InstallConnectorDto>,
    browserHash: string,
  ): Promise<InstallConnectorResponse> {
    const manifest = this.catalogue.get(id);
    const installing = this.#installing(manifest, readBody(body));
    for (let attempt = 1; ; attempt++) {
      try {
        const made = await this.transactions.run(() => this.#write(scope, installing, browserHash));
        if (manifest.auth_mode !== 'mcp_oauth') return made.answer;
        const next = await this.authorization.connectIfPossible(scope, manifest, made.installed, browserHash);
        return { ...made.answer, ...next };
      } catch (error) {
        const mayRetry = error instanceof AppError && nameTaken.has(error.code) && attempt < mostAttempts;
        if (!mayRetry) throw error;
      }
    }
  }

  async #write(scope: WorkspaceScope, installing: Installing, browserHash: string): Promise<Made> {
    const installed = await this.servers.make(scope, installing);
    const { manifest } = installing.source;
    await this.audit.record(scope, {
      action: 'connector.install',
      entityType: 'CONNECTOR',
      entityId: installed.integrationId,
      entityName: manifest.name,
      metadata: {
        connector_id: manifest.id,
        connector_name: manifest.name,
        auth_mode: manifest.auth_mode,
        display_name: installing.displayName,
        crew_id: installing.crewId,
      },
    });
    const { integrationId } = installed;
    const next = await this.authorization.begin(scope, manifest, installed, browserHash);
    return { installed, answer: { integration_id: integrationId, ...next } };
  }

  #installing(manifest: Manifest, dto: InstallConnectorDto): Installing {
    const values = fieldValuesOf(manifest, dto.fields, (key) =>
      connectorErrors.requiredFieldEmpty({
        params: { key },
        fields: requiredFault(key, `required field has no value: "${key}"`),
      }),
    );
    return {
      source: { manifest, values, instanceUrl: this.config.http.publicUrl },
      displayName: dto.name?.trim() || manifest.name,
      crewId: dto.crew_id || null,
    };
  }
}
